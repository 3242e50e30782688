# checks: newaxis and the ellipsis in indices
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
print(a[..., 0])
print(a[0, ...].shape, a[...].shape, a[..., 1, :].shape, a[1, ..., 2])
print(a[:, None, :, 0].shape, a[None].shape, a[..., None].shape, a[None, ..., None, 0].shape)
x = np.arange(3)
print(x[:, None] * 10 + x[None, :])
zero = np.array(7)
print(zero[()], zero[...], zero[None], type(zero[()]), type(zero[...]))
zero[...] = 8
print(zero)
try:
    a[..., ...]
except IndexError as error:
    print(error)
