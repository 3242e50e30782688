# checks: four dimensions, singleton axes, and mixed widths of columns
import numpy as np

print(np.arange(16).reshape(2, 2, 2, 2))
print(repr(np.arange(4).reshape(1, 2, 1, 2)), np.zeros((1, 1, 1)), np.array([[[1.5]], [[-100.25]]]))
print(
    repr(np.array([[1, 1000], [-5, 3]])), np.array([[0.001, 1000], [1, np.nan]]), repr(np.ones((2, 1, 3), np.float32))
)
print(
    np.array([[1e-3, 1e3], [1e-9, 1]]),
    np.array([[True], [False]]),
    np.arange(3)[:, None],
    repr(np.array([[1 + 1j, 2]])),
)
