# checks: exponentials, logarithms, trigonometry, to nine digits
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


x = np.array([0.1, 0.5, 1.0, 2.5])
for name in (
    "exp",
    "exp2",
    "expm1",
    "log",
    "log2",
    "log10",
    "log1p",
    "sin",
    "cos",
    "tan",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
    "arcsinh",
    "cbrt",
    "sqrt",
    "square",
    "deg2rad",
    "degrees",
):
    print(name, rounded(getattr(np, name)(x)))
print(rounded(np.arcsin([0, 0.5, 1])), rounded(np.arccos([0, 1])), rounded(np.arctan2([1, -1, 0], [1, -1, -1])))
print(
    rounded(np.hypot([3, 5], [4, 12])),
    rounded(np.logaddexp(1, 2)),
    rounded(np.arccosh([1, 2])),
    np.sinc([0, 1]).round(9),
)
print(
    np.sin(0.0),
    np.cos(0),
    np.exp(0),
    np.log(1),
    np.exp([-np.inf, np.inf]),
    np.sqrt([4, 9]),
    np.sin(np.array([1], np.float32)).dtype,
)
print(np.exp(np.float32(1)).dtype, np.sin(1).dtype, np.sqrt(np.array([4], np.int32)).dtype, rounded(np.exp([1j])))
print(rounded(np.power([2.0, 3.0], [0.5, -1])), 2.0 ** np.array([1, 2]), rounded(np.i0([0.0, 1.0])))
