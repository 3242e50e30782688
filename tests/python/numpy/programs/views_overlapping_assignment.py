# checks: assigning overlapping slices works as if the right side were read first
import numpy as np

a = np.arange(10)
a[1:] = a[:-1]
print(a)
a = np.arange(10)
a[:-1] = a[1:]
print(a)
a = np.arange(10)
a[:] = a[::-1]
print(a)
a = np.arange(10)
a[2:] += a[:-2]
print(a)
m = np.arange(9).reshape(3, 3)
m += m.T
print(m)
m[:, 0] = m[0]
print(m)
