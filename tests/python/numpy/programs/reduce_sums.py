# checks: sum along axes, keepdims, dtype, initial, where
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
print(a.sum(), a.sum(axis=0), a.sum(axis=(0, 2)), a.sum(axis=-1, keepdims=True), np.sum(a, axis=()).shape)
print(a.sum(dtype=float), a.sum(initial=1000), a.sum(where=a % 2 == 0), np.sum([[True, False], [True, True]], axis=0))
for name in ("bool", "int32", "int64", "float32", "float64", "complex128"):
    ones = np.ones(300, dtype=name)
    print(
        name, ones.sum(), ones.sum().dtype, ones.prod().dtype, ones.cumsum().dtype, ones.mean().dtype, ones.max().dtype
    )
print(np.zeros((0, 3)).sum(axis=0), np.zeros((0, 3)).sum(axis=1), np.sum([]), np.prod([]), np.sum(5), sum(np.arange(4)))
print(
    np.sum([1, 2], out=np.array(0)), np.add.reduce([0.1] * 10).hex(), np.array([200, 100], np.uint8).sum(dtype=np.uint8)
)
for axis in (3, -4, (0, 0), 1.5, "x"):
    try:
        a.sum(axis=axis)
    except Exception as error:
        print(type(error).__name__, error)
