# checks: arrays through pickle: values, dtype, order; a view becomes a copy of its own
import copy
import pickle

import numpy as np

for a in (
    np.arange(6).reshape(2, 3),
    np.array([1.5, np.nan, -0.0]),
    np.array([], dtype=np.float32),
    np.array(5, dtype=np.uint8),
    np.array([1 + 2j]),
    np.array([True, False]),
    np.arange(12, dtype=np.int32)[::3],
    np.arange(6).reshape(2, 3).T,
):
    for protocol in (2, 5):
        b = pickle.loads(pickle.dumps(a, protocol))
        print(
            repr(b),
            b.dtype,
            b.shape,
            np.array_equal(a, b, equal_nan=a.dtype.kind == "f"),
            b.flags.f_contiguous,
            end=" ",
        )
    print(b.flags.writeable, b.base is None or np.shares_memory(a, b) is False)
a = np.arange(4)
same = pickle.loads(pickle.dumps([a, a]))
views = pickle.loads(pickle.dumps([a, a[:2]]))
same[0][0] = views[0][0] = 9
print(same, same[0] is same[1], views)
for x in (np.float64(1.5), np.int32(3), np.bool(True), np.complex128(1j), np.dtype("f4"), np.float32, np.add, np.sum):
    print(repr(pickle.loads(pickle.dumps(x))), end=" ")
print()
deep, shallow = copy.deepcopy([a, a]), copy.copy(a)
shallow[0] = -1
print(deep[0] is deep[1], a, shallow)
