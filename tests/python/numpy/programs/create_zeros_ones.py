# checks: zeros, ones, full, empty and their *_like
import numpy as np

print(np.zeros(3), np.ones((2, 2), dtype=int), np.full((2, 2), 7), np.full(2, 0.5), np.full(2, 1, dtype=float))
print(np.full((2, 2), [1, 2]), np.full(3, True), np.full(2, 1j))
a = np.arange(6, dtype=np.int32).reshape(2, 3)
print(
    np.zeros_like(a),
    np.ones_like(a, dtype=float),
    np.full_like(a, 2.9),
    np.zeros_like(a, shape=(2,)),
    np.empty_like(a).dtype,
)
print(np.empty((2, 3)).shape, np.empty(0), np.zeros(()).shape, np.zeros((2, 3), order="F").flags.f_contiguous)
print(np.eye(3), np.eye(2, 3, k=1, dtype=int), np.identity(2))
for shape in (-1, (2, -3), 2.5, "a", None):
    try:
        print(np.zeros(shape))
    except Exception as error:
        print(type(error).__name__, error)
