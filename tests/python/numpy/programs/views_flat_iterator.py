# checks: a.flat of what lies in rows and of what does not, read and written; tiles are copies
import numpy as np

a = np.arange(6).reshape(2, 3)
turned = a.T
print(turned.flat[1], turned.flat[[0, -1]], turned.flat[::2], len(turned.flat), [int(x) for x in turned.flat])
turned.flat[1] = 90
turned.flat[[0, 5]] = [70, 80]
turned.flat[2:4] = -1
print(a)
a.flat[np.array([True, False] * 3)] = 5
print(a.flat == 5, np.asarray(a.flat), a.flat.copy().sum())
steps = iter(a.flat)
next(steps), next(steps)
print(steps.index, steps.coords, steps.base is a)
tile = np.tile(np.array(3.0), 4)
tile += 1
print(tile, np.tile([1, 2], (2, 2)), np.hanning(np.uint8(5)))
for action in (
    lambda: a.flat[6],
    lambda: a.flat[None],
    lambda: a.flat[1, 2],
    lambda: np.broadcast_to(a, (2, 2, 3)).flat.__setitem__(0, 1),
    lambda: a.flat.__setitem__(0, [1, 2]),
):
    try:
        action()
    except (IndexError, ValueError) as error:
        print(type(error).__name__, error)
