# checks: the dtype of results, for every pair of dtypes
import numpy as np

NAMES = ["bool", "uint8", "int32", "int64", "float32", "float64", "complex128"]
ones = {name: np.ones(1, dtype=name) for name in NAMES}
for first in NAMES:
    print(first, *((ones[first] + ones[second]).dtype for second in NAMES))
for first in NAMES:
    print(first, *((ones[first] / ones[second]).dtype for second in NAMES))
print(np.result_type("int32", "float32"), np.promote_types("uint8", "int32"), np.result_type(np.int32, 1.0))
print(np.result_type(np.float32(1), 1.0), np.result_type(np.ones(2, "f4"), np.float64(1)))
print(np.can_cast("int64", "float64"), np.can_cast("float64", "int64"), np.can_cast("int64", "int32", "same_kind"))
