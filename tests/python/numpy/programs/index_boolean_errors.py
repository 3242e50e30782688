# checks: masks of the wrong length and of the wrong number of values
import numpy as np

a = np.arange(6).reshape(2, 3)


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def put(index, values):
    a[index] = values


show(lambda: a[np.array([True, False, True])])
show(lambda: a[:, np.array([True, False])])
show(lambda: a[np.ones((2, 3, 1), bool)])
show(lambda: put(a > 2, [1, 2]))
show(lambda: put(a > 2, [1, 2, 3, 4]))
show(lambda: bool(a > 2))
show(lambda: bool(np.array([])))
show(lambda: bool(np.array([0])))
show(lambda: 1 if a == 3 else 2)
show(lambda: a[(a > 1) and (a < 4)])
print(a)
