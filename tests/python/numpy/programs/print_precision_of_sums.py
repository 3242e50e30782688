# checks: printed and exact values: repr round-trips, str of arrays does not
import numpy as np

x = np.array([0.1, 0.2]).sum()
print(x, repr(x), np.array([x]), np.array([x]).tolist(), f"{x:.20f}", x == 0.3, np.round(x, 2) == 0.3)
for value in (1 / 3, 2 / 3, 1e22, 123456789.123456789, 5e-324, 0.1 + 0.2, 1e16, 9007199254740993.0, 1e-5, 0.0001):
    scalar = np.float64(value)
    print(scalar, np.array(value), np.array([value]), np.float32(value), float(repr(scalar)[11:-1]) == value)
