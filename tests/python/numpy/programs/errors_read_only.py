# checks: arrays that can't be written
# known-difference: words of a newer library
import numpy as np

a = np.arange(3)
b = np.broadcast_to(a, (2, 3))


def show(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: b.__setitem__((0, 0), 1))
show(lambda: b.sort())
show(lambda: b.fill(0))
show(lambda: np.add(b, 1, out=b))
show(lambda: b.flags.__setattr__("writeable", True))
a.flags.writeable = False
show(lambda: a.__setitem__(0, 5))
show(lambda: a.__iadd__(1))
show(lambda: a[1:].__setitem__(0, 5))
a.setflags(write=True)
a[0] = 5
print(a, b.strides, b.flags.writeable, a.copy().flags.writeable)
show(lambda: a.__delitem__(0))
show(lambda: hash(a))
show(lambda: {a})
