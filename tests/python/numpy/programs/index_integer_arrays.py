# checks: integer arrays as indices, read
import numpy as np

a = np.arange(10) ** 2
print(a[[1, 1, 5, -1]], a[np.array([[0, 1], [2, 3]])])
m = np.arange(12).reshape(3, 4)
print(m[[2, 0]])
print(m[[0, 1, 2], [1, 2, 3]])
print(m[[[0], [2]], [0, 3]])
print(m[np.ix_([0, 2], [1, 3])])
print(m[:, [3, 0]], m[[0, 2], 1:3], m[1, [0, 0, 3]])
print(m[[]].shape, m[[], :2].shape, m[:, np.array([], dtype=int)].shape)
print(a[(3,)], a[[3]], a[np.array(3)])
