# checks: single integers as indices, from the end, and beyond the ends
import numpy as np

a = np.arange(6).reshape(2, 3)
print(a[0, -1], a[-1][-3], a[1], a[True].shape, a[np.int64(1), np.uint8(2)])
for index in (2, -3, (0, 3), (0, -4), (0, 0, 0), 1.0, "x", (1, "a"), None.__class__, [5], ([0], [7])):
    try:
        print(index, a[index])
    except Exception as error:
        print(type(error).__name__, error)
try:
    a[2, 0] = 1
except IndexError as error:
    print(error)
try:
    np.array(3)[0]
except IndexError as error:
    print(error)
