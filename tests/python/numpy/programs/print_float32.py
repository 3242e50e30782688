# checks: float32 is printed with the digits that it has
import numpy as np

print(np.array([0.1, 0.2, 1 / 3], dtype=np.float32))
print(repr(np.array([0.1, 100.25], dtype=np.float32)))
print(np.float32(0.1), repr(np.float32(1 / 3)), np.float32(16777216.0), np.float32(1e10), np.float32(1e-7))
print(np.arange(4, dtype=np.float32), repr(np.arange(2, dtype=np.float32)))
print(np.array([1e10, 1], dtype=np.float32), np.array([3.4e38, 1e-38], np.float32))
print(np.float32(0.1) + np.float32(0.2), np.float64(np.float32(0.1)), float(np.float32(0.1)))
