# checks: arrays and scalars within lists, dictionaries, f-strings and with sep
import numpy as np

a = np.array([[1.5, 2], [3, 4]])
print([a, a[0]], (np.arange(2), np.float64(0.5)), {"a": a[:, 0], np.int64(1): np.bool(False)})
print(f"{a} and {a[0, 0]:.3f} and {a.mean()!r} and {a.shape} and {a.dtype}", a, a[0], sep=" | ")
print(
    "mean = " + str(a.mean()),
    "%s %r" % (a[0], a[0]),
    "{:>8} {:<6}|".format(a[0, 0], np.int64(5)),
    str([np.float32(0.1)]),
)
print(
    repr([np.nan, np.float64("inf"), np.int32(-1)]),
    np.array([1, 2]).__str__(),
    np.array([1, 2]).__repr__(),
    [*np.arange(2)],
)
try:
    f"{a:.2f}"
except TypeError as error:
    print(error)
