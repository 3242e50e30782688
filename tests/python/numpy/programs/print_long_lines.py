# checks: lines are broken at 75 characters
import numpy as np

print(np.linspace(0, 1, 30))
print(repr(np.linspace(0, 1, 15)))
print(np.arange(60.0).reshape(2, 30))
print(np.arange(12) * 1e8 + 0.5)
print(repr(np.array([1 + 1j / 3] * 6)))
print(np.zeros(40, dtype=bool))
