# checks: arrays as arguments and results of a process pool
from concurrent.futures import ProcessPoolExecutor

import numpy as np


def normalized(a):
    return (a - a.mean()) / a.std()


def describe(a):
    return a.dtype.name, a.shape, a.strides, a.flags.writeable, a.base is None, a.tobytes().hex()


if __name__ == "__main__":
    rows = np.random.default_rng(0).random((4, 50))
    with ProcessPoolExecutor(2) as executor:
        results = np.array(list(executor.map(normalized, rows)))
        print(results.shape, np.array_equal(results, [normalized(row) for row in rows]))
        for a in (
            np.arange(4, dtype=np.uint8),
            np.arange(6, dtype=np.int32).reshape(2, 3).T,
            np.arange(4.0)[::2],
            np.array(1j),
        ):
            print(executor.submit(describe, a).result())
        print(executor.submit(np.sum, rows, axis=1).result().tolist() == rows.sum(axis=1).tolist())
        print(list(executor.map(np.dot, [np.arange(3)] * 2, [np.arange(3), np.ones(3)])))
