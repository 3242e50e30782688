# checks: a row taken from a matrix is a view: what changes it in place changes the matrix
import numpy as np

a = np.arange(20).reshape(5, 4)
row = a[3]
row += 1
print(a)
row = row * 10  # a new array: the matrix stays
print(a[3], row)
row[:] = 0
print(a[3], row.base is None)
column = a[:, 1]
column *= -1
print(a)
