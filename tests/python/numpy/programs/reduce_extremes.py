# checks: min, max, ptp, argmin, argmax, with axes and nan
import numpy as np

a = np.array([[3, 1, 2], [9, 9, 0]])
print(
    a.min(),
    a.max(axis=0),
    a.min(axis=1, keepdims=True),
    np.ptp(a),
    np.ptp(a, axis=1),
    np.amax(a),
    np.max(a, initial=50),
)
print(
    a.argmin(), a.argmax(axis=0), a.argmax(axis=1), np.argmin(a, axis=1, keepdims=True), np.argmax([np.nan, 1, np.nan])
)
print(
    np.max([1, np.nan, 3]),
    np.min([[1, np.nan], [0, 2]], axis=1),
    np.max([True, False]),
    np.max(a, where=a < 9, initial=-1),
)
print(np.unravel_index(a.argmax(), a.shape), np.max([1j, 2, 1 + 5j]), np.argmin([0.0, -0.0]), max(a[0]))


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.max([]))
show(lambda: np.zeros((0, 2)).min(axis=0))
show(lambda: np.zeros((0, 2)).min(axis=1))
show(lambda: np.argmax([]))
show(lambda: a.max(axis=2))
show(lambda: a.argmax(axis=5))
show(lambda: np.ptp([]))
