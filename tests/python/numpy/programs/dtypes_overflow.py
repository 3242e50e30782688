# checks: Python's integers that do not fit, and results that wrap around
import numpy as np


def show(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.array([1], np.uint8) + 256)
show(lambda: np.array([1], np.uint8) - 1000)
show(lambda: np.array([-1], np.uint8))
show(lambda: np.uint8(300))
show(lambda: np.int32(2**31))
show(lambda: np.array([2**40], dtype=np.int32))
show(lambda: np.array([1], np.uint8) == 300)
show(lambda: np.array([1], np.uint8) < 300)
show(lambda: np.array([1], np.int64) + 2**63)
show(lambda: np.array([200, 100], np.uint8) + np.array([100, 100], np.uint8))
show(lambda: np.array([2**63 - 1]) + 1)
show(lambda: np.array([2**31 - 1], np.int32) * 2)
show(lambda: np.arange(3, dtype=np.uint8) - np.uint8(1))
show(lambda: np.array([300, -1]).astype(np.uint8))
show(lambda: np.int64(10) ** 20)
show(lambda: np.array([2]) ** np.array([63, 64]))
show(lambda: -np.array([-(2**63)]))
show(lambda: np.abs(np.array([-(2**31)], np.int32)))
