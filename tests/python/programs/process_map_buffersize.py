# checks: map's buffersize of 3.14: so many calls are submitted ahead
# needs: 3.14
from concurrent.futures import ProcessPoolExecutor


def numbers():
    for x in range(4):
        print("taking", x)
        yield x


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        results = executor.map(abs, numbers(), buffersize=2)
        print("submitted")
        print(list(results))
