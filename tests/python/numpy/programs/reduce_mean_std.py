# checks: mean, var, std, average with ddof, dtype, keepdims, weights
import numpy as np

a = np.array([[1.0, 2.0, 4.0], [3.5, 0.25, 8.0]])
print(a.mean(), a.mean(axis=0), a.var(axis=1), a.std(), a.std(axis=0, ddof=1), a.var(ddof=1, keepdims=True))
print(
    np.mean([1, 2]),
    np.mean([True, False, True]),
    np.std(np.arange(5)),
    np.mean(a, axis=1, keepdims=True),
    np.mean(a, where=a > 1),
)
print(
    np.mean(a.astype(np.float32)).dtype,
    np.std(a.astype(np.float32)),
    np.mean(np.arange(3, dtype=np.uint8)),
    np.mean([1 + 1j, 2]),
)
print(np.var([1 + 1j, 3 - 1j]), np.mean(np.full(10, 0.1, np.float32), dtype=np.float64), np.std(a, axis=(0, 1)))
print(np.average([1, 2, 3], weights=[3, 2, 1]), np.average(a, axis=0), np.average(a, axis=1, weights=[0.5, 0.25, 0.25]))
print(
    np.average([1.0, 3.0], weights=[1, 3], returned=True),
    [x.hex() for x in a.std(axis=1).tolist()],
    a.mean(axis=0).mean().hex(),
)
try:
    np.average(a, weights=[1, 2])
except TypeError as error:
    print(error)
try:
    np.average([1, 2], weights=[0, 0])
except ZeroDivisionError as error:
    print(error)
