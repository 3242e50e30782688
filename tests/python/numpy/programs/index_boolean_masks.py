# checks: boolean masks, read and written
import numpy as np

a = np.arange(12).reshape(3, 4)
mask = a % 3 == 0
print(mask)
print(a[mask], a[~mask].sum(), a[a > 100], (a > 5).sum())
a[mask] = -1
print(a)
a[a > 5] *= 2
print(a)
a[[True, False, True]] = 0
print(a)
print(a[:, np.array([True, False, False, True])])
a[a == 0] = np.arange(8)
print(a)
a[(a > 2) & (a < 8) | (a == -1)] = 50
print(a)
