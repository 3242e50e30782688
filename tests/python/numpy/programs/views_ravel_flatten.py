# checks: ravel, flatten and flat with orders
import numpy as np

a = np.arange(6).reshape(2, 3)
for order in "CFAK":
    print(order, a.ravel(order), a.T.ravel(order), a.T.flatten(order))
a.ravel()[0] = 100
a.flatten()[1] = 100
print(a)
a.flat[4] = -4
a.flat[[0, 1]] = 9
print(a, list(a.T.flat), a.flat[2], a.flat[1:4], len(a.flat))
a.flat = 3
print(a)
