# checks: norms of vectors and matrices
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


x, m = np.array([3.0, -4.0]), np.array([[1.0, -2.0], [3.0, 4.0]])
for order in (None, 1, 2, np.inf, -np.inf, 0, 3):
    print(order, rounded(np.linalg.norm(x, order)))
for order in (None, "fro", 1, -1, 2, np.inf, "nuc"):
    print(order, rounded(np.linalg.norm(m, order)))
print(
    rounded(np.linalg.norm(m, axis=1)), np.linalg.norm(x, keepdims=True), np.linalg.norm([3 + 4j]), np.linalg.norm([])
)
try:
    np.linalg.norm(m, "wrong")
except ValueError as error:
    print(error)
try:
    np.linalg.norm(np.ones((2, 2, 2)), 2)
except ValueError as error:
    print(error)
