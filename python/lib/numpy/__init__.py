"""The lab's NumPy: what its lessons need of NumPy, with NumPy's values, errors and printing.

From `_numpy`: every name without an underscore in front: arrays, dtypes, scalar types, ufuncs and what else is native.
What is seldom used is loaded when it is first asked for.
"""

import copyreg as _copyreg
import numbers as _numbers

from _numpy import *
from _numpy import (
    absolute, arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, asarray, bool as bool_, complex128,
    concatenate, conjugate, float32, float64, int32, int64, invert, left_shift, ndarray, power, right_shift,
    true_divide, uint8,
)

from ._axes import (
    atleast_1d, atleast_2d, atleast_3d, expand_dims, flip, fliplr, flipud, matrix_transpose, moveaxis, permute_dims,
    roll, rollaxis, rot90, squeeze, swapaxes, transpose,
)
from ._comparing import (
    allclose, array_equal, array_equiv, isclose, iscomplex, iscomplexobj, isdtype, isneginf, isposinf, isreal,
    isrealobj, isscalar, issubdtype, iterable, min_scalar_type, nan_to_num, real_if_close,
)
from ._creation import (
    asarray_chkfinite, ascontiguousarray, asfortranarray, bartlett, blackman, broadcast_arrays, diag, diag_indices,
    diag_indices_from, diagflat, empty_like, eye, fill_diagonal, fromfunction, full_like, geomspace, hamming, hanning,
    identity, indices, linspace, logspace, meshgrid, ones_like, resize, tile, tri, tril, tril_indices,
    tril_indices_from, triu, triu_indices, triu_indices_from, vander, zeros_like,
)
from ._limits import finfo, iinfo
from ._methods import (
    all, amax, amin, any, argmax, argmin, argpartition, argsort, argwhere, around, astype, choose, clip, compress,
    copy, count_nonzero, cumprod, cumsum, cumulative_prod, cumulative_sum, diagonal, flatnonzero, imag, max, mean, min,
    ndim, partition, prod, ptp, put, ravel, real, repeat, reshape, round, searchsorted, shape, size, sort, std, sum,
    take, trace, var,
)
from ._printing import (
    array2string, array_repr, array_str, base_repr, binary_repr, errstate, format_float_positional,
    format_float_scientific, get_printoptions, geterr, geterrcall, printoptions, set_printoptions, seterr, seterrcall,
)

__version__ = "2.5.5"

e, pi, euler_gamma = 2.718281828459045, 3.141592653589793, 0.5772156649015329
inf, nan, newaxis, little_endian = float("inf"), float("nan"), None, True
True_, False_ = bool_(True), bool_(False)

abs, divide, pow, conj, concat = absolute, true_divide, power, conjugate, concatenate
_numbers.Integral.register(int64), _numbers.Integral.register(int32), _numbers.Integral.register(uint8)
_numbers.Real.register(float32)
# Methods of classes are pickled as attributes of these; the interpreter looks for a class among the builtins only.
_copyreg.pickle(type(ndarray.sum), lambda method: (getattr, (method.__objclass__, method.__name__)))
acos, acosh, asin, asinh = arccos, arccosh, arcsin, arcsinh
atan, atan2, atanh = arctan, arctan2, arctanh
bitwise_invert = bitwise_not = invert
bitwise_left_shift, bitwise_right_shift = left_shift, right_shift
asanyarray = asarray
int_ = intp = long = longlong = int64
intc, ubyte, single, double, cdouble = int32, uint8, float32, float64, complex128
ScalarType = (
    int, float, complex, type(True), bytes, str, memoryview, bool_, uint8, int32, int64, float32, float64, complex128,
)
typecodes = {
    "Character": "c", "Integer": "il", "UnsignedInteger": "B", "Float": "fd", "Complex": "D", "AllInteger": "Bil",
    "AllFloat": "fdD", "All": "?BilfdD",
}

_LATER = {
    "_calculus": "angle convolve correlate diff digitize ediff1d fix frexp gradient i0 interp kaiser modf sinc "
    "sort_complex trapezoid unwrap",
    "_choosing": "extract ix_ piecewise place put_along_axis ravel_multi_index select take_along_axis unravel_index",
    "_einsum": "einsum",
    "_grids": "c_ index_exp mgrid ogrid r_ s_",
    "_histograms": "histogram histogram2d histogram_bin_edges histogramdd",
    "_iteration": "apply_along_axis apply_over_axes broadcast ndenumerate ndindex nditer vectorize",
    "_joining": "append array_split block delete dsplit dstack hsplit hstack insert split trim_zeros unstack vsplit "
    "vstack",
    "_nan_functions": "nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod "
    "nanquantile nanstd nansum nanvar",
    "_padding": "pad",
    "_polynomials": "poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots",
    "_products": "cross kron matvec outer tensordot vecdot vecmat",
    "_sets": "intersect1d isin setdiff1d setxor1d union1d unique unique_all unique_counts unique_inverse unique_values",
    "_statistics": "average corrcoef cov median percentile quantile",
}
_PART_OF = {name: part for part, names in _LATER.items() for name in names.split()}
_MODULES = ("exceptions", "fft", "lib", "linalg", "random", "testing")
globals().pop("unique1", None)
__all__ = sorted({*[name for name in globals() if name[0] != "_"], *_PART_OF, *_MODULES})


def __getattr__(name):
    part = name if name in _MODULES else _PART_OF.get(name)
    if part is None:
        from ._missing import error

        raise error("numpy", name, __all__)
    module = __import__(f"{__name__}.{part}", None, None, (name,))
    value = globals()[name] = module if name in _MODULES else getattr(module, name)
    return value


def __dir__():
    return [*__all__, "__version__"]
