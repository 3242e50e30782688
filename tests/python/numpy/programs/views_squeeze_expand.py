# checks: squeeze, expand_dims, atleast_*d
import numpy as np

a = np.arange(3).reshape(1, 3, 1)
print(a.squeeze(), a.squeeze(axis=0).shape, np.squeeze(a, axis=(0, 2)).shape, a.squeeze(-1).shape)
print(np.expand_dims(a, (0, -1)).shape, np.expand_dims(np.arange(2), 1))
print(np.atleast_1d(3), np.atleast_2d([1, 2]), np.atleast_3d([[1, 2]]).shape)
b, c = np.atleast_2d(1.5, [2])
print(b, c)
try:
    a.squeeze(1)
except ValueError as error:
    print(error)
try:
    np.expand_dims(a, 5)
except ValueError as error:
    print(type(error).__name__, error)
