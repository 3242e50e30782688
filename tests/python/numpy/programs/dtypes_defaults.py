# checks: which dtype an array gets from Python's values
import numpy as np

for value in (
    [True, False],
    [1, 2],
    [1, 2.5],
    [1, 2j],
    [True, 2],
    [True, 0.5],
    [],
    [[]],
    3,
    2.5,
    1j,
    False,
    range(3),
    (1, 2),
    [np.float32(1), 2],
    [np.float32(1), np.int64(2)],
    [np.uint8(1), np.int32(1)],
    [np.array([1, 2]), np.array([3.5, 4])],
    2**63 - 1,
):
    a = np.array(value)
    print(a.dtype, a.shape, repr(a))
