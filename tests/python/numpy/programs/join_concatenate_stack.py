# checks: concatenate, stack, vstack, hstack, dstack, column_stack, append
import numpy as np

a, b = np.array([[1, 2], [3, 4]]), np.array([[5, 6]])
print(np.concatenate([a, b]), np.concatenate([a, b.T], axis=1), np.concatenate([a, b], axis=None))
x, y = np.array([1, 2, 3]), np.array([4.5, 5, 6])
print(np.stack([x, y]), np.stack([x, y], axis=1), np.vstack([x, y]), np.hstack([x, y]))
print(np.column_stack([x, y]), np.column_stack([x, np.ones((3, 2))]), np.dstack([x, y]).shape)
print(np.append(x, 4), np.append(a, [[9, 9]], axis=0), np.append(a, 7))
print(np.concatenate([x, x > 1]).dtype, np.concatenate([x.astype(np.float32), x.astype(np.uint8)]).dtype)
print(np.concatenate([x, y], dtype=np.float32), np.hstack([1, [2, 3]]), np.vstack([1, 2]))
