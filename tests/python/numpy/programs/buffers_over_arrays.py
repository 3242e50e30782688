# checks: np.ndarray over the memory of another array
import numpy as np

a = np.arange(6.0)


def show(*arguments, **more):
    try:
        print(repr(np.ndarray(*arguments, **more)))
    except Exception as error:
        print(type(error).__name__, error)


show((2, 2), buffer=a, offset=8)
show((2, 2), float, a, 8, (16, 8))
show((2, 2), buffer=a, order="F")
show((3,), buffer=a[::-1].copy(), strides=(16,))
show((2,), np.int64, a)
show((7,), buffer=a)
show((2, 2), buffer=a, offset=8, strides=(32, 8))
show((2,), buffer=a[::2])
b = np.ndarray((3,), buffer=a, offset=24)
b[0] = -1
print(a, b.base is a, b.flags.owndata)
t = np.tile([1, 2], (3, 1))
t[0, 0] = 5
print(t, np.tile([1, 2], 1).flags.writeable)
