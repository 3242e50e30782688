# checks: powers: special cases and dtypes
import numpy as np

with np.errstate(all="ignore"):
    print(
        np.array([0.0, 1.0, -1.0, 2.0]) ** 0,
        np.array([2.0, 3.0]) ** 2,
        np.array([4.0, 9.0]) ** 0.5,
        np.array([2.0, 4.0]) ** -1,
    )
    print(np.power(-8.0, 1 / 3), np.array([-2.0]) ** 3, np.array([0.0]) ** -1, np.power(2, 10), np.power([2, 3], 3))
    print(
        (np.array([2], np.int32) ** 2).dtype,
        (np.array([2], np.uint8) ** 2).dtype,
        (np.array([2]) ** 2.0).dtype,
        (2 ** np.array([3], np.uint8)).dtype,
    )
    print(
        (np.array([2], np.float32) ** 2).dtype,
        np.array([True]) ** 2,
        10 ** np.arange(4),
        2.0 ** np.arange(-1.0, 2),
        np.array([2j]) ** 2,
    )
    print(
        np.array([3], np.uint8) ** 5,
        np.array([10], np.int32) ** 9,
        np.array([10], np.int32) ** 10,
        np.square(np.array([16], np.uint8)),
    )
