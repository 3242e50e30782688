# checks: meshgrid, mgrid, ogrid, indices, tri, vander, diag
import numpy as np

x, y = np.meshgrid([1, 2, 3], [10, 20])
print(x, y)
x, y = np.meshgrid([1, 2, 3], [10, 20], indexing="ij", sparse=True)
print(x.shape, y.shape, (x + y)[2, 1])
print(np.mgrid[0:2, 0:3], np.mgrid[0:1:3j])
a, b = np.ogrid[0:3, 0:2]
print(a.shape, b.shape, a + b)
print(np.indices((2, 2)), np.tri(3, dtype=int), np.vander([1, 2, 3], 3))
print(np.diag([1, 2]), np.diag(np.arange(9).reshape(3, 3)), np.diag([1], k=-1), np.diagflat([[1, 2]], 1))
print(np.tril(np.ones((3, 3), int)), np.triu(np.arange(9).reshape(3, 3), 1), np.tril_indices(2), np.triu_indices(3, 1))
print(
    np.r_[1:4, 0, 5],
    np.c_[[1, 2], [3, 4]],
    np.s_[1:3, ::2],
    np.unravel_index(7, (2, 4)),
    np.ravel_multi_index((1, 2), (2, 4)),
)
