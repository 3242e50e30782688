# checks: sort and sorted, along axes, with nan, of complex numbers and bools
import numpy as np

a = np.array([[3, 1, 2], [9, 7, 8], [0, 5, 4]])
print(np.sort(a), np.sort(a, axis=0), np.sort(a, axis=None), np.sort(a)[:, ::-1], a)
a.sort(axis=0)
print(a)
b = np.array([2.0, np.nan, -1, np.inf, -0.0, 0.0, np.nan, -np.inf])
print(np.sort(b, kind="stable"), np.sort([True, False, True]), np.sort(np.array([3, 250, 1], np.uint8)), np.sort([]))
print(np.sort([1 + 2j, 1 - 1j, 0.5, complex(np.nan, 0)]), sorted(np.array([2, 1])), np.sort_complex([2, 1]))
c = np.array([5, 3, 4])
print(c.sort(), c, np.partition([7, 1, 5, 3, 9], 2)[2], np.sort(np.partition([7, 1, 5, 3, 9], 2)[:2]))
for action in (lambda: np.sort(a, axis=2), lambda: np.sort(a, kind="fast"), lambda: np.sort(5)):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
