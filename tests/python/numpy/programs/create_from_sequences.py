# checks: array, asarray, fromiter, fromfunction, copy, ragged lists
# known-difference: no strings in arrays
import numpy as np

print(np.array([[1, 2], [3, 4]], dtype=float), np.array((1, 2), ndmin=3).shape, np.array([np.arange(2), [5, 6]]))
print(np.fromiter((x * x for x in range(4)), dtype=int), np.fromiter("123", float, count=2))
print(np.fromfunction(lambda i, j: i * 10 + j, (2, 3)), np.fromfunction(lambda i: i, (3,), dtype=int))
a = np.arange(3)
print(
    np.array(a) is a, np.asarray(a) is a, np.asarray(a, dtype=float) is a, np.array(a, copy=None) is a, np.copy(a) is a
)
for value in ([[1, 2], [3]], [1, [2]], [[1], [[2]]]):
    try:
        np.array(value)
    except ValueError as error:
        print(error)
try:
    np.array([1, 2], dtype=np.int64, copy=False)
except ValueError as error:
    print(str(error).splitlines()[0])
for action in (
    lambda: np.array(1, 2, 3),
    lambda: np.array(["a"], float),
    lambda: np.array([None], float),
    lambda: np.array({}, int),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
