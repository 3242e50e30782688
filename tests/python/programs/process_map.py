# checks: ProcessPoolExecutor.map keeps the order of the input, whoever is done first
import time
from concurrent.futures import ProcessPoolExecutor


def square(x):
    time.sleep((5 - x) / 20)
    return x * x


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(square, range(6))))
        print(list(executor.map(pow, [2, 3, 4], [5, 2, 3])))
