# checks: scalars: their types, their repr, their methods
import numpy as np

for x in (
    np.float64(1.5),
    np.float32(0.1),
    np.int64(3),
    np.int32(-3),
    np.uint8(7),
    np.bool(True),
    np.complex128(1 + 2j),
):
    print(repr(x), str(x), type(x).__name__, x.dtype, x.ndim, x.shape, x.size, x.itemsize, type(x.item()).__name__)
a = np.arange(3.0)
print(type(a[0]), type(a.sum()), type(a.mean()), type(a.argmax()), type(a[0] > 1), type(a[0] * 2), type(a.sum().item()))
print([a[0], a[1]], (np.int64(1), np.bool(False)), {"x": np.float32(2.5)})
print(isinstance(np.float64(1), float), isinstance(np.int64(1), int), isinstance(np.bool(True), bool))
print(np.float64(2.5).is_integer(), np.float64(2.0).as_integer_ratio(), np.int64(6).bit_count(), np.float64(0.1).hex())
