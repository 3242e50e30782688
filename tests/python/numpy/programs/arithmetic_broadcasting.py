# checks: broadcasting of shapes in arithmetic
import numpy as np

a = np.arange(6).reshape(2, 3)
print(a + 10, a + [1, 2, 3], a * np.array([[1], [10]]), a - a.mean(axis=0), a / a.sum(axis=1, keepdims=True))
print(
    (np.ones((3, 1)) + np.ones(4)).shape,
    (np.zeros((2, 1, 3)) * np.zeros((4, 1))).shape,
    (np.zeros((0, 3)) + np.zeros(3)).shape,
)
print(np.broadcast_shapes((2, 1), (1, 3), (1,)), [x.shape for x in np.broadcast_arrays(a, [[1], [2]])])
for other in (np.ones(2), np.ones((3, 3)), np.ones((2, 4, 3))):
    try:
        a + other
    except ValueError as error:
        print(error)
try:
    a += np.ones((2, 2, 3), int)
except ValueError as error:
    print(error)
try:
    np.broadcast_shapes((2, 3), (4,))
except ValueError as error:
    print(error)
