# checks: assigning a shape works, and is deprecated
# known-difference: arrays keep their shape
import numpy as np

b = np.arange(6)
b.shape = (2, 3)
print(b)
try:
    b.shape = (4, 2)
except ValueError as error:
    print(error)
