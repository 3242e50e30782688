# checks: names that NumPy has not, or no longer has
import numpy as np

for name in (
    "foo",
    "float",
    "int",
    "bool8",
    "float_",
    "product",
    "in1d",
    "trapz",
    "Inf",
    "cumproduct",
    "arrange",
    "random_normal",
):
    try:
        getattr(np, name)
    except AttributeError as error:
        print(str(error).splitlines()[0])
for action in (
    "np.random.foo",
    "np.linalg.foo",
    "np.array([1]).foo",
    "np.float64(1).foo",
    "np.array([1]).foo()",
    "np.fft.foo",
):
    try:
        eval(action)
    except AttributeError as error:
        print(error)
try:
    from numpy import nothing_like_that
except ImportError as error:
    print(str(error).split(" (")[0])
