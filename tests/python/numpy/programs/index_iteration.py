# checks: iterating over arrays, ndenumerate, ndindex, nditer
import numpy as np

a = np.arange(6).reshape(2, 3)
for row in a:
    row[0] = -1
print(a)
print([type(x).__name__ for x in a[0]], list(a[1]), a[1].tolist())
for index, value in np.ndenumerate(a):
    print(index, value, end="; ")
print()
print(list(np.ndindex(2, 2)), [int(x) for x in np.nditer(a)], [int(x) for x in a.flat])
print(len(a), 5 in a, 7 in a, list(zip(a[0], a[1]))[0])
first, second = a
print(first, second)
try:
    iter(np.array(1))
except TypeError as error:
    print(error)
try:
    len(np.array(1))
except TypeError as error:
    print(error)
