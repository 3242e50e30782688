# checks: unique with what it can return
import numpy as np

a = np.array([3, 1, 2, 3, 1, 1])
print(np.unique(a))
values, first, inverse, counts = np.unique(a, return_index=True, return_inverse=True, return_counts=True)
print(values, first, inverse, counts, values[inverse])
m = np.array([[1, 0], [0, 1], [1, 0]])
print(np.unique(m), np.unique(m, axis=0), np.unique(m, axis=1), np.unique(m, return_inverse=True)[1].shape)
print(
    np.unique([np.nan, 1, np.nan]),
    np.unique([np.nan, 1, np.nan], equal_nan=False),
    np.unique([True, False]),
    np.unique([]),
)
print(np.unique_values(np.array([2, 2])), np.unique_counts(np.array([5, 5, 6])))
