# checks: a loop that asks done() again and again sees the result
from concurrent.futures import ProcessPoolExecutor


def add(numbers):
    return sum(numbers)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(add, range(1000))
        rounds = 0
        while not future.done():
            rounds += 1
        print(rounds > 0, future.result())
