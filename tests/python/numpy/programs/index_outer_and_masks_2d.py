# checks: np.ix_ with masks, masks of rows and columns, where with several conditions
import numpy as np

a = np.arange(20).reshape(4, 5)
rows, columns = a[:, 0] % 10 == 0, a.sum(axis=0) > 30
print(rows, columns, a[np.ix_(rows, columns)], a[rows][:, columns].shape)
a[np.ix_(rows, columns)] = 0
print(a)
print(np.where((a > 3) & (a % 2 == 1), a, -a), np.select([a < 5, a < 12], [1, 2], 3))
print(a[rows, 1:4], a[1, columns], (a == 0).sum(axis=1), a[~rows].min(), a[a.astype(bool)].size)
