# checks: the names of dtypes, and what is none
import numpy as np

for name in (
    "b1",
    "?",
    "i4",
    "i8",
    "u1",
    "f4",
    "f8",
    "c16",
    "float",
    "int",
    "bool",
    "complex",
    "l",
    "d",
    "B",
    "single",
):
    print(name, np.dtype(name), np.dtype(name).itemsize, np.dtype(name).char)
for kind in (bool, int, float, complex, np.float64, np.int32, None):
    print(kind, repr(np.dtype(kind)))
print(np.dtype("f8") == np.float64, np.dtype("f8") == "float64", np.dtype("i4") != np.int64, {np.dtype("i8"): 1})
print(np.issubdtype(np.int32, np.integer), np.issubdtype(np.float32, np.floating), np.issubdtype(bool, np.number))
try:
    np.dtype("floaty")
except TypeError as error:
    print(error)
try:
    np.zeros(2, dtype="nothing")
except TypeError as error:
    print(error)
