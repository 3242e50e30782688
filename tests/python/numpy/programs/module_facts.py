# checks: what the module says of itself
import numpy
import numpy as np
from numpy import array, pi
from numpy.linalg import norm
from numpy.random import default_rng

print(numpy is np, np.__name__, isinstance(np.__version__, str), np.__version__.split(".")[0])
print(array([1, 2]), pi, norm([3, 4]), default_rng(1).integers(10), np.random.__name__, np.linalg.__name__)
print(np.ndarray, np.float64, np.dtype, np.float64.__mro__[-2].__name__, np.double is np.float64, np.bool_ is np.bool)
print(np.int_ is np.int64, np.intp is np.int64, np.cdouble is np.complex128, np.single is np.float32, np.sum.__name__)
print(all(hasattr(np, name) for name in ("add", "where", "einsum", "fft", "random", "testing", "errstate", "newaxis")))
