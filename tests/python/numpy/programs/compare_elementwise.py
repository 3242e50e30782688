# checks: comparisons and logic, elementwise
# known-difference: other words about strings, which no array here holds
import numpy as np

a, b = np.array([1, 2, 3]), np.array([3, 2, 1])
print(a < b, a <= b, a == b, a != b, a > 2, 2 >= a, np.less(a, b), np.not_equal(a, 2))
print(
    np.logical_and(a, [0, 1, 1]),
    np.logical_or([0, 0], [0, 2]),
    np.logical_not(a),
    np.logical_xor([True, True], [True, False]),
)
print((a > 1) & (b > 1), (a > 1) | (b > 2), ~(a > 1), (a > 1) ^ (b > 1))
print(np.array([np.nan]) == np.nan, np.nan in np.array([np.nan]), np.array([0.0]) == -0.0, np.array([True]) == 1)
print(a == None, a == "x", np.array([1, 2]) == [1, 2], a == (1, 5, 3))
print(np.maximum(a, b), np.minimum([1, np.nan], 2), np.fmax([1, np.nan], 2), np.fmin([np.nan, 3], [1, np.nan]))
print(
    np.isnan([1, np.nan]),
    np.isinf([np.inf, 1]),
    np.isfinite([np.nan, 1, -np.inf]),
    np.isposinf([np.inf]),
    np.isneginf([np.inf]),
)
try:
    a == [1, 2]
except ValueError as error:
    print(error)
try:
    a < "x"
except TypeError as error:
    print(error)
