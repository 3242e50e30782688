# checks: searchsorted and digitize
import numpy as np

a = np.array([1, 2, 2, 4, 7])
print(np.searchsorted(a, 2), np.searchsorted(a, 2, side="right"), a.searchsorted([0, 3, 8, 4.5]))
print(
    np.searchsorted([3, 1, 2], [1, 2, 3], sorter=[1, 2, 0]),
    np.searchsorted([1.0, np.nan], np.nan),
    np.searchsorted([], 1),
)
print(
    np.digitize([0.2, 6.4, 3.0], [0, 1, 2.5, 4, 10]),
    np.digitize([1, 2], [1, 2], right=True),
    np.digitize([3, 1], [4, 2, 0]),
)
try:
    np.digitize([1], [1, 3, 2])
except ValueError as error:
    print(error)
try:
    np.searchsorted(a, 1, side="middle")
except ValueError as error:
    print(error)
