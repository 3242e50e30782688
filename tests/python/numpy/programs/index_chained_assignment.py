# checks: assigning to a copy that an index has made changes nothing
import numpy as np

a = np.arange(10)
a[[1, 2]][0] = 99
a[a > 5][:] = 0
print(a)
a[1:3][0] = 99
print(a)
m = np.zeros((3, 3), int)
m[1][2] = 5
m[[0]][0, 0] = 7
m[0:2, 0:2][:, 0] = 3
print(m)
m[m == 3] += np.array([10, 20])
m[..., -1] -= 1
m.T[0, 2] = 8
print(m)
