# checks: tile, repeat, pad, roll, rot90, flip, block, insert, delete, resize
import numpy as np

a = np.array([[1, 2], [3, 4]])
print(np.tile([1, 2], 3), np.tile(a, (2, 1)), np.repeat([1, 2, 3], 2), np.repeat(a, [1, 2], axis=0), a.repeat(2))
print(np.pad([1, 2], 1), np.pad(a, ((1, 0), (0, 2)), constant_values=9), np.pad([1, 2, 3], 2, mode="edge"))
print(np.pad([1, 2, 3], 2, mode="reflect"), np.pad([1, 2, 3], (1, 2), mode="wrap"))
print(
    np.roll(np.arange(5), 2), np.roll(a, 1, axis=1), np.roll(a, -1), np.rot90(a), np.flip(a), np.fliplr(a), np.flipud(a)
)
print(np.block([[a, np.zeros((2, 1), int)], [np.ones((1, 3), int)]]))
print(
    np.insert([1, 2, 3], 1, [8, 9]),
    np.insert(a, 1, 5, axis=1),
    np.delete([1, 2, 3, 4], [0, -1]),
    np.delete(a, 0, axis=0),
)
print(np.resize([1, 2, 3], (2, 4)), np.trim_zeros([0, 0, 1, 0, 2, 0]), np.delete(np.arange(6), slice(None, None, 2)))
