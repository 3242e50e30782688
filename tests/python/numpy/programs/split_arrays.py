# checks: split, array_split, hsplit, vsplit, dsplit, unstack
import numpy as np

a = np.arange(12)
print(np.split(a, 3), np.split(a, [2, 5, 20]))
print(np.array_split(a, 5), [len(part) for part in np.array_split(np.arange(10), 4)])
m = a.reshape(3, 4)
print(np.hsplit(m, 2), np.vsplit(m, [1]), np.split(m, 2, axis=1)[1])
print(np.array_split(m, 2, axis=0)[0].base is a, np.unstack(m)[2], len(np.unstack(m, axis=1)))
parts = np.split(a, 2)
parts[0][0] = 100
print(a[0])
try:
    np.split(a, 5)
except ValueError as error:
    print(error)
try:
    np.hsplit(np.array(1), 1)
except ValueError as error:
    print(error)
