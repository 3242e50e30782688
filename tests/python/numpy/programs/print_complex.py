# checks: complex arrays
import numpy as np

print(np.array([1 + 2j, 3 - 4j]))
print(repr(np.array([1 + 2j, 0.5 - 4.25j])))
print(np.array([1j, -1j, 0]), np.array([1e10 + 1j, 1e-10j]), np.array([complex(np.nan, 1), complex(np.inf, -np.inf)]))
print(np.array([[1 + 1j], [10.25 - 3j]]))
print(np.complex128(1 + 2j), repr(np.complex128(-1.5j)), np.complex128(complex(0.0, -0.0)), np.array(1 + 2j))
print(np.array([1, 2]) * 1j, np.array([1 / 3 + 2j / 3]))
