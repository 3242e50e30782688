# checks: assignment by integer arrays: repeated indices, broadcasting, add.at
import numpy as np

a = np.zeros(5, dtype=int)
a[[0, 2, 2]] = [1, 2, 3]
print(a)
a[[0, 0, 0]] += 1
print(a)
np.add.at(a, [0, 0, 0], 1)
print(a)
m = np.zeros((3, 4))
m[[0, 2]] = [1, 2, 3, 4]
m[[0, 1, 2], [3, 2, 1]] = 9
m[np.ix_([1, 2], [0, 3])] = [[5], [6]]
print(m)
m[:, [0, 1]] += 100
print(m)
np.subtract.at(m, (0, slice(None)), 1)
print(m[0])
try:
    m[[0, 1]] = [1, 2, 3]
except ValueError as error:
    print(error)
