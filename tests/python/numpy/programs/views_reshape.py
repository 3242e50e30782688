# checks: reshape, with -1, with order, and when it has to copy
import numpy as np

a = np.arange(12)
print(a.reshape(3, -1))
print(a.reshape((2, 2, 3), order="F"))
print(np.reshape(a, (4, 3)).T.reshape(-1))
t = a.reshape(3, 4).T
print(np.shares_memory(a, t.reshape(2, 6)), np.shares_memory(a, a.reshape(3, 2, 2)))
print(a.reshape(12, 1).shape, a.reshape(1, 1, -1).shape, np.array(5).reshape(1).shape, np.zeros(1).reshape(()).shape)
for shape in ((5, 2), (-1, -1), (5, -1), (-2, 3)):
    try:
        a.reshape(shape)
    except ValueError as error:
        print(shape, error)
