# checks: cumsum, cumprod, diff, ediff1d, gradient, trapezoid
import numpy as np

a = np.array([[1, 2, 4], [7, 0, -3]])
print(
    a.cumsum(),
    a.cumsum(axis=0),
    np.cumsum(a, axis=1),
    np.cumprod([1, 2, 3, 4]),
    a.cumprod(axis=1),
    np.cumsum([0.1] * 4),
)
print(
    np.diff([1, 4, 9, 16]),
    np.diff([1, 4, 9, 16], n=2),
    np.diff(a),
    np.diff(a, axis=0),
    np.diff([1, 2], prepend=0, append=9),
)
print(
    np.diff([True, False, True]), np.ediff1d([1, 3, 6], to_begin=0), np.diff(np.array([5, 3], np.uint8)), np.diff([1])
)
print(
    np.gradient([1.0, 4, 9, 16]),
    np.gradient([1.0, 4, 9], 2.0),
    np.gradient([1, 4, 9, 25], [0, 1, 3, 4]),
    np.gradient(a * 1.0),
)
print(
    np.gradient([1.0, 4, 9, 16], edge_order=2),
    np.trapezoid([1, 2, 3]),
    np.trapezoid(a, dx=0.5),
    np.trapezoid([1, 2], x=[0, 4]),
)
print(np.cumsum([True, True]), np.cumulative_sum([1, 2, 3], include_initial=True), np.cumulative_prod([1, 2, 3]))
try:
    np.gradient([1])
except ValueError as error:
    print(error)
try:
    np.diff(5)
except ValueError as error:
    print(error)
