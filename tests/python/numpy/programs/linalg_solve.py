# checks: solve, inv, det, slogdet, matrix_rank, lstsq, pinv, cond
import numpy as np

a = np.array([[3.0, 1.0], [1.0, 2.0]])
print(np.round(np.linalg.solve(a, [9, 8]), 9), np.round(np.linalg.solve(a, np.eye(2)), 9), np.round(np.linalg.inv(a), 9))
print(round(np.linalg.det(a), 9), np.round(np.linalg.slogdet(a), 9), np.linalg.matrix_rank([[1, 2], [2, 4]]), np.round(np.linalg.cond(a), 9))
print(np.round(np.linalg.inv(np.array([[1, 2], [3, 4]])) @ [[1, 2], [3, 4]], 9), np.round(np.linalg.det([[[1, 2], [3, 4]], [[2, 0], [0, 2]]]), 9))
x, residuals, rank, _ = np.linalg.lstsq(np.array([[1, 0], [1, 1], [1, 2]]), np.array([1.0, 2.0, 4.0]), rcond=None)
print(np.round(x, 9), np.round(residuals, 9), rank, np.round(np.linalg.pinv([[1.0, 2.0]]), 9))


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
