# checks: the legacy generator's normal numbers, which come in pairs
import numpy as np

np.random.seed(0)
print([x.hex() for x in np.random.randn(5).tolist()])
print(np.random.randn(2, 3), np.random.normal(10, 2, size=3), np.random.standard_normal(2), np.random.randn())
np.random.seed(0)
first = np.random.randn(4)
np.random.seed(0)
print(
    np.array_equal(first, [np.random.randn() for _ in range(4)]), np.array_equal(first, np.random.randn(2, 2).ravel())
)
np.random.seed(1980)
print(float(np.random.randn(100, 20).sum()).hex())
try:
    np.random.normal(0, -1)
except ValueError as error:
    print(error)
try:
    np.random.randn(2.5)
except TypeError as error:
    print(error)
