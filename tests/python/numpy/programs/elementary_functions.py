# checks: exponentials, logarithms, trigonometry, to nine digits
import numpy as np

x = np.array([0.1, 0.5, 1.0, 2.5])
for name in ("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh",
             "arcsinh", "cbrt", "sqrt", "square", "deg2rad", "degrees"):  # fmt: skip
    print(name, np.round(getattr(np, name)(x), 9))
print(np.round(np.arcsin([0, 0.5, 1]), 9), np.round(np.arccos([0, 1]), 9), np.round(np.arctan2([1, -1, 0], [1, -1, -1]), 9))
print(np.round(np.hypot([3, 5], [4, 12]), 9), np.round(np.logaddexp(1, 2), 9), np.round(np.arccosh([1, 2]), 9), np.sinc([0, 1]).round(9))
print(np.sin(0.0), np.cos(0), np.exp(0), np.log(1), np.exp([-np.inf, np.inf]), np.sqrt([4, 9]), np.sin(np.array([1], np.float32)).dtype)
print(np.exp(np.uint8(1)).dtype, np.sin([True]).dtype, np.sqrt(np.array([4], np.int32)).dtype, np.round(np.exp([1j]), 9))
print(np.round(np.power([2.0, 3.0], [0.5, -1]), 9), 2.0 ** np.array([1, 2]), np.round(np.i0([0.0, 1.0]), 9))
