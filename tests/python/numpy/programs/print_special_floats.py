# checks: nan, infinities and negative zero in arrays
import numpy as np

print(
    np.array([np.nan, 1.0, np.inf]), np.array([-np.inf, 0.5]), np.array([np.nan]), np.array([np.inf, -np.inf, np.nan])
)
print(np.array([0.0, -0.0]), repr(np.array([-0.0])), np.array([-0.0, 1.5, np.nan]))
print(repr(np.array([np.nan, 10000.5])), np.array([np.nan, 1e20]))
print(np.float64(np.nan), repr(np.float64(-np.inf)), np.float32(-0.0), repr(np.array(np.nan)))
print(np.array([1e-320, 5e-324]), np.array([np.finfo(float).max, np.finfo(float).tiny]))
