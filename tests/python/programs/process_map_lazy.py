# checks: map is submitted at once, its results come when asked for
from concurrent.futures import ProcessPoolExecutor


def numbers():
    for x in range(3):
        print("taking", x)
        yield x


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        results = executor.map(abs, numbers())
        print("submitted")
        for result in results:
            print(result)
