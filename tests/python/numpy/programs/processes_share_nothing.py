# checks: what a process does with an array, another does not see
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Process

import numpy as np

table = np.zeros(4)


def fill(a):
    a[:] = 7
    table[:] = 8
    return a


def look():
    return table.sum()


if __name__ == "__main__":
    a = np.arange(3.0)
    with ProcessPoolExecutor(1) as executor:
        b = executor.submit(fill, a).result()
        print(a, b, np.shares_memory(a, b), table, executor.submit(look).result())
    process = Process(target=fill, args=(a,))
    process.start()
    process.join()
    print(process.exitcode, a, table)
