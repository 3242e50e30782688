# checks: what dot and matmul refuse
# known-difference: other words for stacks that do not fit
import numpy as np

a = np.ones((2, 3))


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: a @ a)
show(lambda: np.dot(a, a))
show(lambda: a @ 3)
show(lambda: 3 @ a)
show(lambda: np.ones(3) @ np.ones(4))
show(lambda: np.dot(np.ones(3), np.ones(4)))
show(lambda: np.matmul(np.ones((2, 2, 3)), np.ones((3, 3, 4))))
show(lambda: np.inner(a, np.ones(2)))
show(lambda: np.tensordot(a, a, 1))
show(lambda: np.dot(a))
show(lambda: np.vdot([1, 2], [1]))
