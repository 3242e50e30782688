# checks: NumPy's scalars as Python's numbers
import numbers
import statistics
from decimal import Decimal
from fractions import Fraction

import numpy as np

for x in (np.float64(1.5), np.float32(1.5), np.int64(2), np.uint8(2), np.complex128(1j), np.bool(True)):
    kinds = (numbers.Number, numbers.Complex, numbers.Real, numbers.Integral)
    print(type(x).__name__, [isinstance(x, kind) for kind in kinds], isinstance(x, (int, float, complex, bool)))
print(Fraction(np.int64(3), 2), Decimal(np.float64(0.5)), statistics.mean(np.array([1.0, 2.0])), complex(np.float32(2)))
print(
    np.issubdtype(type(np.int64(1)), np.signedinteger),
    isinstance(np.float32(1), np.floating),
    isinstance(np.uint8(1), np.number),
)
print(np.int64(5).__index__(), hex(np.int64(255)), bin(np.uint8(5)), chr(np.int32(97)), np.float64(3).is_integer())
print(
    True if np.float64(0.0) else False,
    3 if np.array([2]) else 4,
    not np.array(0),
    np.float64("nan") != np.float64("nan"),
)
print(
    np.float64("1.5"),
    np.int64("7"),
    np.int32(2.9),
    np.bool("x"),
    np.float32(None or 1),
    np.complex128("1+2j"),
    np.float64(),
)
