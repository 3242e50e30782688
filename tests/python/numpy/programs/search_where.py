# checks: where, nonzero, argwhere, flatnonzero
import numpy as np

a = np.array([[1, 0, 3], [0, 5, 0]])
print(np.where(a > 0), np.where(a > 0, a, -1), np.where([True, False], 1, 2.5), np.where(a, a, [[9], [8]]))
print(np.nonzero(a), np.argwhere(a), np.flatnonzero(a), a[np.nonzero(a)], np.nonzero([0.0, -0.0, np.nan]))
print(np.where([True, False], np.float32(1), np.int32(2)).dtype, np.where(True, 1, 2), np.argwhere(a > 9).shape)
for action in (
    lambda: np.where(a > 0, a),
    lambda: np.where([True, False], [1, 2, 3], 0),
    lambda: np.nonzero(np.array(3)),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
