# checks: what concatenate and its kin refuse
# known-difference: other words for what is no sequence
import numpy as np

a = np.zeros((2, 3))


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.concatenate([a, np.zeros((3, 2))]))
show(lambda: np.concatenate([a, np.zeros(3)]))
show(lambda: np.concatenate([a, a], axis=2))
show(lambda: np.concatenate([]))
show(lambda: np.concatenate(a[0]))
show(lambda: np.stack([a, a[:1]]))
show(lambda: np.stack([]))
show(lambda: np.vstack([a, np.zeros(2)]))
show(lambda: np.column_stack([np.zeros(2), np.zeros(3)]))
show(lambda: np.hstack([a, np.zeros((3, 3))]))
show(lambda: np.append(a, [1, 2], axis=0))
show(lambda: np.concatenate(3))
