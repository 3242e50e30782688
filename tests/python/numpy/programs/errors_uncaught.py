# checks: the traceback of an error in NumPy
import numpy as np


def add(a, b):
    return a + b


print(add(np.ones(2), 1))
add(np.ones(2), np.ones(3))
