# checks: float arithmetic is not associative: sums by different orders
import math

import numpy as np

a = np.array([1e16, 1.0, -1e16, 1.0] * 64)
print(
    a.sum(),
    sum(a.tolist()),
    math.fsum(a),
    a[::-1].sum(),
    np.sort(a).sum(),
    a.reshape(64, 4).sum(axis=0),
    a.reshape(64, 4).sum(axis=1)[:3],
)
print(
    a.reshape(4, 64).sum(axis=0).sum(),
    a.reshape(4, 64).sum(axis=1),
    np.cumsum(a)[-1],
    np.add.reduce(a.reshape(16, 16), axis=(0, 1)),
)
b = np.full(100_000, 0.1, dtype=np.float32)
print(b.sum(), b.sum(dtype=np.float64), b.cumsum()[-1], b.mean(), np.full(100_000, 0.1).sum())
print(np.float32(16777216) + np.float32(1), np.float32(1e8) + 1)
