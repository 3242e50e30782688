# checks: reduce, accumulate, outer, reduceat, at
import numpy as np

a = np.arange(1, 7).reshape(2, 3)
print(np.add.reduce(a), np.add.reduce(a, axis=1), np.multiply.reduce(a, axis=None), np.maximum.reduce(a, axis=(0, 1)))
print(
    np.add.accumulate(a, axis=1),
    np.multiply.accumulate(a),
    np.maximum.accumulate([3, 1, 4, 1, 5]),
    np.subtract.accumulate([9, 1, 2]),
)
print(
    np.multiply.outer([1, 2], [3, 4, 5]), np.subtract.outer([1.0, 2], [[1], [2]]).shape, np.less.outer([1, 2], [1, 2])
)
print(
    np.add.reduceat(np.arange(8), [0, 4, 1, 5]),
    np.add.reduce([], dtype=float),
    np.multiply.reduce([]),
    np.logical_or.reduce([0, 2]),
)
print(
    np.add.reduce(a, keepdims=True),
    np.add.reduce(a, initial=100),
    np.minimum.reduce(a, axis=0, initial=2),
    np.add.reduce(a, where=a > 2),
)
print(
    np.add.nin,
    np.add.nout,
    np.add.identity,
    np.add.__name__,
    np.divmod.nout,
    np.maximum.identity,
    np.add,
    np.multiply.identity,
)
counts = np.zeros(4, int)
np.add.at(counts, [0, 1, 1, 3], [1, 2, 3, 4])
np.negative.at(counts, [0])
print(counts, np.bitwise_and.reduce([7, 6]), np.bitwise_and.identity)
for action in (
    lambda: np.maximum.reduce([]),
    lambda: np.sin.reduce([1]),
    lambda: np.divmod.accumulate([1]),
    lambda: np.add.reduce(a, axis=2),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
