# checks: Python's numbers are weak (NEP 50): they take the array's dtype within its kind
# known-difference: there is no complex64
import numpy as np

for name in ("bool", "uint8", "int32", "int64", "float32", "float64", "complex128"):
    a = np.ones(1, dtype=name)
    print(name, (a + True).dtype, (a + 1).dtype, (a + 1.5).dtype, (a + 1j).dtype, (a * np.float64(2)).dtype)
print(np.float32(3) + 3.0, type(np.float32(3) + 3.0).__name__, type(np.float32(3) + np.float64(3)).__name__)
print(np.uint8(200) + 55, type(np.uint8(1) + 1).__name__, type(np.int32(1) + 1.0).__name__)
print(type(1 + np.bool(True)).__name__, type(np.bool(True) + np.bool(True)).__name__, np.bool(True) + np.bool(True))
print(np.array([1, 2], np.float32) * 0.1)
