# checks: vectorize, frompyfunc-like use, apply_along_axis, apply_over_axes, piecewise
import numpy as np


def clipped(x, low=0):
    """Not below low."""
    return x if x > low else low


v = np.vectorize(clipped)
print(v([-1, 0, 2]), v([-1, 3], 1), v([[1.5, -2]]), v.__doc__, np.vectorize(clipped, otypes=[float])([1, -1]))
print(np.vectorize(lambda a, b: (a + b, a * b))([1, 2], [3, 4]))
print(np.apply_along_axis(lambda row: row.max() - row.min(), 1, np.array([[1, 5, 2], [7, 3, 3]])))
print(
    np.apply_along_axis(np.cumsum, 0, np.ones((2, 3))),
    np.apply_over_axes(np.sum, np.arange(8).reshape(2, 2, 2), [0, 2]),
)
print(np.piecewise([-1.0, 0, 2], [np.array([-1, 0, 2]) < 0], [lambda x: -x, 5.0]))
try:
    np.vectorize(clipped)([])
except ValueError as error:
    print(error)
