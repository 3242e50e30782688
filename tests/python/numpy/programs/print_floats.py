# checks: float arrays: the digits that all elements need
import numpy as np

print(np.array([1.0, 2.0, 3.5]))
print(np.array([1.0, 2.0]), np.array([0.1, 0.25, 100.0]))
print(np.array([1 / 3, 2 / 3]), repr(np.array([1 / 3])))
print(np.array([1e-5, 1.0]), np.array([1e8, 1.0]), np.array([123456789.0, 0.5]))
print(np.array([1e16, 1.0]), np.array([1e-10, 1e10]), np.array([1e300, 1e-300]))
print(np.array([-1.5, 2.25, -300.125]))
print(np.linspace(0, 1, 11))
print(repr(np.linspace(0, 1, 4)), np.arange(0, 1, 0.1))
print(np.array([1e15, 2e15]), np.array([9999999.0, 1.0]), np.array([1e-4, 2e-4]), np.array([9.9e-5]))
print(np.array([[1.5, 2], [1000, 0.001]]))
