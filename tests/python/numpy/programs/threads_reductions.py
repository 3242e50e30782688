# checks: reductions of parts by threads, put together in the same order
from concurrent.futures import ThreadPoolExecutor

import numpy as np

a = np.random.default_rng(1).random((8, 1000))
with ThreadPoolExecutor(4) as executor:
    sums = np.array(list(executor.map(np.sum, a)))
    extremes = list(executor.map(lambda row: (row.min(), row.argmax()), a))
    future = executor.submit(np.sort, a, axis=1)
    print(np.array_equal(future.result(), np.sort(a)), executor.submit(a.std).result() == a.std())
print(np.array_equal(sums, a.sum(axis=1)), sums.sum().hex(), [int(at) for _, at in extremes])
print([low for low, _ in extremes] == a.min(axis=1).tolist())
