# checks: what assigning into an array does with the value's dtype
# known-difference: other words for a list and for None
import numpy as np

a = np.zeros(3, dtype=int)
a[0] = 3.99
a[1] = True
a[2] = np.float64(-2.5)
print(a)
b = np.zeros(2, dtype=bool)
b[:] = [0, 7]
print(b)
c = np.zeros(2, dtype=np.float32)
c[:] = 0.1
print(c, c[0] == 0.1, float(c[0]))
u = np.zeros(2, dtype=np.uint8)


def show(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: u.__setitem__(0, 256))
show(lambda: u.__setitem__(0, -1))
show(lambda: a.__setitem__(0, 1 + 2j))
show(lambda: a.__setitem__(0, "x"))
show(lambda: a.__setitem__(0, [1, 2]))
show(lambda: a.__setitem__(slice(0, 2), [1, 2, 3]))
show(lambda: a.__setitem__(0, None))
show(lambda: a.__setitem__(0, 2**70))
a[0:2] = "7"
print(a, u)
