# checks: a simulation by loop, by arrays and by parts gives the same count
import numpy as np


def count_inside(points):
    return int(np.count_nonzero((points**2).sum(axis=1) < 1))


points = np.random.default_rng(31).random((20000, 2))
by_loop = 0
for x, y in points[:500]:
    if x * x + y * y < 1:
        by_loop += 1
print(by_loop == count_inside(points[:500]), count_inside(points), 4 * count_inside(points) / len(points))
print(sum(count_inside(part) for part in np.array_split(points, 7)) == count_inside(points))
steps = np.random.default_rng(8).choice([-1, 1], size=(3, 1000))
walk = steps.cumsum(axis=1)
print(walk[:, -1], walk.max(axis=1), np.abs(walk).argmax(axis=1), (walk == 0).sum())
