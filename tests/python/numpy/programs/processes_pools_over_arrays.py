# checks: pools that go over an array by rows, and methods of arrays as what they call
import multiprocessing.dummy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool

import numpy as np

if __name__ == "__main__":
    rows = np.arange(12.0).reshape(4, 3)
    with Pool(2) as pool:
        print(pool.map(np.sum, rows), pool.map(np.sum, np.zeros((0, 3))))
        print(pool.map_async(np.max, rows).get(), pool.starmap(np.hypot, rows[:, :2]))
    with ThreadPool(2) as pool:
        print(pool.map(np.sum, rows))
    with multiprocessing.dummy.Pool(2) as pool:
        print(pool.map(np.sum, rows))
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(np.ndarray.sum, rows).result(), list(executor.map(np.ndarray.max, rows)))
    print(pickle.loads(pickle.dumps(np.ndarray.sum)) is np.ndarray.sum, np.ndarray.sum.__qualname__)
