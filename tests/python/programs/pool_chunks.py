# checks: CPython's rule for chunks: the calls of a chunk run in one process, four chunks for each process
import os
from itertools import groupby
from multiprocessing import Pool


def rule(n_items, n_processes):
    chunksize, extra = divmod(n_items, 4 * n_processes)
    return chunksize + bool(extra)


def who(x):
    return os.getpid()


if __name__ == "__main__":
    for n_items in (1, 8, 9, 30, 100):
        with Pool(2) as pool:
            pids = pool.map(who, range(n_items))
            size = rule(n_items, 2)
            together = all(len(set(pids[start : start + size])) == 1 for start in range(0, n_items, size))
            print(n_items, size, together, max(len(list(run)) for _, run in groupby(pids)) >= size)
