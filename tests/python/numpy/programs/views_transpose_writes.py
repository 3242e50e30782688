# checks: writing into a transposed array
import numpy as np

a = np.zeros((2, 3), dtype=int)
a.T[2, 0] = 7
a.T[1] = [4, 5]
print(a)
b = np.arange(24).reshape(2, 3, 4)
print(b.T.shape, b.transpose(1, 0, 2).shape, np.moveaxis(b, 0, -1).shape, np.swapaxes(b, 0, 2).shape)
b.transpose(2, 0, 1)[0] = 0
print(b)
print(b.T.flags.c_contiguous, b.T.flags.f_contiguous, b.flags.c_contiguous, b.strides, b.T.strides)
