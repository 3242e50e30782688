# checks: convolve, correlate
import numpy as np

print(
    np.convolve([1, 2, 3], [0, 1, 0.5]),
    np.convolve([1, 2, 3], [1, 1], "same"),
    np.convolve([1, 2, 3], [1, 1], mode="valid"),
)
print(
    np.correlate([1, 2, 3], [0, 1, 0.5]), np.correlate([1, 2, 3], [0, 1, 2], "full"), np.convolve([1, 2], [3, 4]).dtype
)
print(
    np.convolve(np.arange(6.0), np.ones(4) / 4, mode="valid"), np.convolve([1j, 2], [1, 1j]), np.correlate([1j], [1j])
)
try:
    np.convolve([], [1])
except ValueError as error:
    print(error)
try:
    np.convolve([[1]], [1])
except ValueError as error:
    print(error)
