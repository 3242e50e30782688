# checks: solve, inv, det, slogdet, matrix_rank, lstsq, pinv, cond
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


a = np.array([[3.0, 1.0], [1.0, 2.0]])
print(rounded(np.linalg.solve(a, [9, 8])), rounded(np.linalg.solve(a, np.eye(2))), rounded(np.linalg.inv(a)))
print(
    round(np.linalg.det(a), 9),
    rounded(np.linalg.slogdet(a)),
    np.linalg.matrix_rank([[1, 2], [2, 4]]),
    rounded(np.linalg.cond(a)),
)
print(
    rounded(np.linalg.inv(np.array([[1, 2], [3, 4]])) @ [[1, 2], [3, 4]]),
    rounded(np.linalg.det([[[1, 2], [3, 4]], [[2, 0], [0, 2]]])),
)
x, residuals, rank, _ = np.linalg.lstsq(np.array([[1, 0], [1, 1], [1, 2]]), np.array([1.0, 2.0, 4.0]), rcond=None)
print(rounded(x), rounded(residuals), rank, rounded(np.linalg.pinv([[1.0, 2.0]])))


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.linalg.inv(np.zeros((2, 2))))
show(lambda: np.linalg.solve(np.ones((2, 2)), [1, 2]))
show(lambda: np.linalg.inv(np.ones((2, 3))))
show(lambda: np.linalg.det([1, 2]))
show(lambda: np.linalg.solve(a, [1, 2, 3]))
show(lambda: issubclass(np.linalg.LinAlgError, ValueError))
