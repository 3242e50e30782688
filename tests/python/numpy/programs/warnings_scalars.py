# checks: which operations of scalars warn, and how they are named
import warnings

import numpy as np


def show(action):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = action()
    print(repr(result), *(f"{it.category.__name__}: {it.message};" for it in caught))


show(lambda: np.float64(1) / 0)
show(lambda: np.float64(0) / 0)
show(lambda: np.float64(1e308) * 10)
show(lambda: np.int64(2**63 - 1) + 1)
show(lambda: np.int32(2**31 - 1) * np.int32(2))
show(lambda: np.uint8(200) + np.uint8(100))
show(lambda: np.int64(5) // 0)
show(lambda: np.int64(5) % 0)
show(lambda: np.float64(5) % 0)
show(lambda: np.uint8(0) - np.uint8(1))
show(lambda: -np.uint8(1))
show(lambda: np.float32(1e38) * 10)
show(lambda: np.sqrt(-1))
show(lambda: np.log(0))
show(lambda: np.array([1.0, np.nan]).astype(np.int32)[0])
show(lambda: np.exp(1000))
show(lambda: np.arcsin(2))
show(lambda: np.array([np.nan]) > 1)
show(lambda: np.float64(1e-320) * 1e-10)
