# checks: diagonals, sliding windows, writes through fill_diagonal
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

a = np.arange(16).reshape(4, 4)
print(a.diagonal(), a.diagonal(1), np.diagonal(a, -2), a.trace(), np.trace(a, offset=1))
np.fill_diagonal(a, -1)
print(a)
w = sliding_window_view(np.arange(6), 3)
print(w, w.mean(axis=1), w.flags.writeable)
print(sliding_window_view(a, (2, 2)).sum(axis=(2, 3)))
try:
    a.diagonal()[0] = 5
except ValueError as error:
    print(error)
