# checks: slices, integers, arrays and masks in one index, and where the new axes go
import numpy as np

a = np.arange(60).reshape(3, 4, 5)
print(a[0, [1, 2], :].shape, a[[0, 1], :, [2, 3]].shape, a[:, [1, 2], [3, 4]].shape)
print(a[:, 1, [0, 2]])
print(a[[0, 2], :, 1])
print(a[0, :, [1, 2]])
print(a[[[0], [1]], [1, 2], ::2])
print(a[np.array([True, False, True]), 1:3, 0])
print(a[np.array([True, False, True]), [0, 1]])
print(a[..., [0, -1]].sum(), a[1, ..., [0, 1]].shape, a[[0], None, [1]].shape)
a[[0, 2], 1:3, 0] = [[-1, -2], [-3, -4]]
a[:, [0, 3], 4] = 7
print(a)
