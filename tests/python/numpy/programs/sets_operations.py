# checks: union1d, intersect1d, setdiff1d, setxor1d, isin
import numpy as np

a, b = np.array([1, 2, 3, 2, 5]), np.array([2, 5, 7])
print(np.union1d(a, b), np.intersect1d(a, b), np.setdiff1d(a, b), np.setxor1d(a, b))
print(np.isin(a, b), np.isin(a, b, invert=True), np.isin([[1, 2], [7, 8]], b), np.isin(a, []))
print(np.intersect1d(a, b, return_indices=True), a[np.isin(a, [2, 3])])
