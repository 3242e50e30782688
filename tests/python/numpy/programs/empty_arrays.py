# checks: operations on arrays without elements
import numpy as np

e = np.array([])
z = np.zeros((0, 3))
print(e + 1, e.sum(), e.prod(), e.shape, e.dtype, z.sum(axis=0), z.T.shape, len(z), z.size, e.tolist(), z.tolist())
print(
    np.concatenate([e, [1.0]]),
    np.sort(e),
    np.unique(e),
    np.where(e > 0),
    e[e > 0],
    np.cumsum(e),
    np.diff(e),
    np.dot(e, e),
)
print(
    np.all(e == e),
    np.array_equal(e, []),
    e.any(),
    np.vstack([z, [[1, 2, 3]]]),
    np.zeros((3, 0)).reshape(0, 7).shape,
    list(e),
)
for row in z:
    print("never")
for action in (
    lambda: e[0],
    lambda: e.max(),
    lambda: np.zeros((3, 0)).reshape(-1, 0),
    lambda: e.argmin(),
    lambda: e.item(),
):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
