# checks: dot, matmul, @, vdot, inner, outer, tensordot, kron, cross
import numpy as np

a, b = np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2) - 2
x, y = np.array([1, 2, 3]), np.array([4, 5, 6])
print(a @ b, a.dot(b), np.matmul(b, a), x @ y, x.dot(2), np.dot(x, y), a @ x, x @ b, np.dot(3, 4))
print(
    np.inner(x, y), np.outer(x, y), np.vdot([1j, 2], [1j, 3]), np.inner(a, a), np.kron([1, 10], [1, 2]), np.cross(x, y)
)
stack = np.arange(12).reshape(2, 2, 3)
print(
    (stack @ b).shape,
    (stack @ b)[1],
    np.tensordot(a, b, axes=1),
    np.tensordot(x, y, 0).shape,
    np.tensordot(a, a, ([0, 1], [0, 1])),
)
print(
    (a.astype(np.float32) @ b).dtype,
    (a > 1) @ (b > 0),
    np.linalg.matrix_power([[1, 1], [1, 0]], 10),
    np.linalg.multi_dot([a, b, a]),
)
print(
    (np.zeros((0, 3)) @ np.zeros((3, 2))).shape,
    np.zeros((2, 0)) @ np.zeros((0, 2)),
    np.vecdot(a, a),
    np.linalg.cross(x, y),
)
c = np.zeros((2, 2), int)
print(np.matmul(a, b, out=c) is c, c, a.T @ a)
