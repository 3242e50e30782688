# checks: an array for every process, given once by the initializer
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool

import numpy as np

field = None


def prepare(values):
    global field
    field = values


def column_mean(j):
    return float(field[:, j].mean())


if __name__ == "__main__":
    values = np.arange(20.0).reshape(4, 5)
    with ProcessPoolExecutor(2, initializer=prepare, initargs=(values,)) as executor:
        print(list(executor.map(column_mean, range(5))), field is None)
    with Pool(2, prepare, (values * 2,)) as pool:
        print(pool.map(column_mean, range(5)) == (values * 2).mean(axis=0).tolist())
