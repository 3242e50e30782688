# checks: shape, ndim, size, itemsize, nbytes, strides, dtype, flags
# known-difference: dtypes have no classes of their own
import numpy as np

for a in (
    np.array(3),
    np.zeros((2, 3)),
    np.zeros((2, 0, 3), np.uint8),
    np.zeros((4, 5), np.complex128).T,
    np.arange(10, dtype=np.int32)[::3],
    np.ones((2, 2), bool),
):
    print(a.shape, a.ndim, a.size, a.itemsize, a.nbytes, a.strides, a.dtype, repr(a.dtype), a.dtype.name, a.dtype.kind)
print(np.zeros(2).flags)
print(np.shape([[1, 2]]), np.ndim(3), np.size([1, 2, 3]), np.size(np.zeros((2, 3)), 1))
print(type(a), type(a.dtype), isinstance(a, np.ndarray), a.T.shape, a.mT.shape)
