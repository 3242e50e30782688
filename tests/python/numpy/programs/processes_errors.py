# checks: NumPy's errors and warnings that cross from a process
from concurrent.futures import ProcessPoolExecutor

import numpy as np


def broken(shape):
    return np.ones(3) + np.ones(shape)


def singular():
    return np.linalg.inv(np.zeros((2, 2)))


def axis():
    return np.zeros(3).sum(axis=4)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(broken, 3).result())
        for call in ((broken, 4), (singular,), (axis,), (np.reshape, np.arange(6), (4, 2))):
            try:
                executor.submit(*call).result()
            except Exception as error:
                print(type(error).__name__, error)
