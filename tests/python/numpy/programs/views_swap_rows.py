# checks: swapping rows by views goes wrong, by integer lists it works
import numpy as np

a = np.arange(6).reshape(3, 2)
a[0], a[1] = a[1], a[0]
print(a)
a = np.arange(6).reshape(3, 2)
a[[0, 1]] = a[[1, 0]]
print(a)
a[0], a[1] = a[1].copy(), a[0].copy()
print(a)
a[:, [0, 1]] = a[:, [1, 0]]
print(a)
