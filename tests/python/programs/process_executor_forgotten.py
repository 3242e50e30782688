# checks: an executor that nobody has any more: its calls are still done, then its processes end
import time
from concurrent.futures import ProcessPoolExecutor


def square(x):
    time.sleep(0.1)
    return x * x


def squares(n):
    return ProcessPoolExecutor(1).map(square, range(n))


def ask():
    return ProcessPoolExecutor(1).submit(square, 7)


if __name__ == "__main__":
    print(list(squares(4)))
    print(ask().result())
