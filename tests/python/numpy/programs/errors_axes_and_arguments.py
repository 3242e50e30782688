# checks: wrong axes and wrong arguments, in NumPy's words
import numpy as np

a = np.arange(6).reshape(2, 3)


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: a.mean(axis=2))
show(lambda: a.transpose(0, 0))
show(lambda: a.transpose(0))
show(lambda: np.swapaxes(a, 0, 2))
show(lambda: np.moveaxis(a, 5, 0))
show(lambda: np.flip(a, 2))
show(lambda: np.rollaxis(a, 3))
show(lambda: a.cumsum(axis=9))
show(lambda: np.sort(a, axis=-3))
show(lambda: a.sum(wrong=1))
show(lambda: np.sum())
show(lambda: np.reshape(a))
show(lambda: np.mean(a, 0, 1, 2, 3, 4, 5))
show(lambda: np.repeat(a, [1, 2]))
show(lambda: np.array([1, 2]).reshape(2.0))
show(lambda: np.tile())
show(lambda: np.broadcast_to(a, (3, 2)))
show(lambda: np.full((2, 2), [1, 2, 3]))
show(lambda: np.exceptions.AxisError(3, 2))
show(lambda: issubclass(np.exceptions.AxisError, IndexError))
