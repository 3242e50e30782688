# checks: 0-d arrays, and how operations make scalars of them
import numpy as np

a = np.array(2.5)
print(a, repr(a), a.shape, a.ndim, a.size, a.item(), float(a), a[()], a.tolist())
print(type(a + 1).__name__, type(np.sqrt(a)).__name__, type(a[()]).__name__, type(a[...]).__name__, type(a.T).__name__)
a[()] = 4
a += 1
print(a, type(a).__name__)
print(np.array(3) == 3, np.asarray(5).sum(), np.float64(3)[()], np.int64(3)[...].shape)
print(int(np.array(3)), np.array(True).any(), np.array([7]).item(), np.arange(5).item(3))
try:
    np.array([1, 2]).item()
except ValueError as error:
    print(error)
try:
    float(np.array([1, 2]))
except TypeError as error:
    print(error)
try:
    np.float64(3)[0]
except IndexError as error:
    print(error)
