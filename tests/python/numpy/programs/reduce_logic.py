# checks: any, all, count_nonzero
import numpy as np

a = np.array([[True, False, True], [True, True, True]])
print(a.any(), a.all(), a.all(axis=0), a.all(axis=1), np.any(a, axis=1, keepdims=True), np.all([]), np.any([]))
print(
    np.count_nonzero(a),
    np.count_nonzero(a, axis=0),
    np.count_nonzero([0, 3, 0.5]),
    np.count_nonzero(a, axis=1, keepdims=True),
)
print(
    np.any([0, np.nan]),
    np.all([1, 2, 0]),
    np.any(np.array([[0, 0], [0, 1]]), axis=0),
    a.sum(),
    a.mean(),
    np.all(a, where=[True, False, True]),
)
print(type(a.any()).__name__, type(np.count_nonzero(a)).__name__, any(a[0]), all(a[1]))
