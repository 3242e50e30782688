# checks: numbers that a type cannot hold: Python's are refused, NumPy's are cast
import sys
import warnings

import numpy as np

warnings.simplefilter("always")


def show(action):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            print(repr(action()), [str(one.message) for one in told])
        except Exception as error:
            print(type(error).__name__, error)


show(lambda: np.int64(1e30))
show(lambda: np.int32(3e9))
show(lambda: np.uint8(300.0))
show(lambda: np.uint8(-1.0))
show(lambda: np.int32(np.float64(3e9)))
show(lambda: np.uint8(np.int64(300)))
show(lambda: np.float32(1e300))
show(lambda: np.array([1e30], dtype=int))
show(lambda: np.array([3e9, 1.0]).astype(np.int32))
show(lambda: np.array([300.0, -1.0]).astype(np.uint8))
show(lambda: np.array([2.0**32]).astype(np.uint8))
show(lambda: np.array([2.0**31 - 0.5]).astype(np.int32))
show(lambda: np.array([1e300, np.inf]).astype(np.float32))
show(lambda: np.array([1e300], dtype=np.float32))
show(lambda: np.float32([1]).__setitem__(0, 1e300))
show(lambda: np.int32([1]).__setitem__(slice(None), np.array([3e9])))
show(lambda: np.int32([1]).__setitem__(slice(None), 3e9))
show(lambda: np.clip(np.uint8([10, 200]), -5, 300))
show(lambda: np.clip(np.uint8([10, 200]), 50, 300))
show(lambda: np.clip(np.uint8([10, 200]), 300, 400))
show(lambda: np.clip(np.uint8([10, 200]), -50, -5))
show(lambda: np.fromiter(iter(int, 1), dtype=int, count=5))
show(lambda: np.fromiter([1, 300], dtype=np.uint8))
show(lambda: np.fromiter([1.5, 2, 3], int, 2))
show(lambda: np.fromiter([1, 2], dtype=int, count=5))
show(lambda: f"{np.float32(0.1)} {np.float32(1e10)} {np.bool(1)} {np.uint8(3)}")
show(lambda: sys.getsizeof(np.zeros(1000)))
show(lambda: sys.getsizeof(np.zeros(1000)[1:]))
