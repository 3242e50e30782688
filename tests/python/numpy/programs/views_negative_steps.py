# checks: slices with negative steps, read and written
import numpy as np

a = np.arange(10)
print(a[::-1], a[8:2:-2], a[-3::-3], a[:-4:-1])
print(a[20:], a[5:2], a[-100:3], a[::100])
a[::-2] = 0
print(a)
m = np.arange(9).reshape(3, 3)
print(m[::-1, ::-1])
m[::-1][0] = -1
print(m)
print(m[::-1].strides, m[:, ::-1].strides, np.flip(m, 1).base is m.base)
