"""The methods of arrays as functions: they take whatever `asarray` takes.

From `_numpy`: add, asarray, concatenate, full, maximum, minimum, multiply, ndarray, subtract.
"""

from math import prod as _product

from _numpy import add, asarray, concatenate, full, maximum, minimum, multiply, ndarray, subtract

from ._axes import atleast_1d, normalize_axis_tuple

_Generator = type(_ for _ in ())


def sum(a, axis=None, dtype=None, out=None, keepdims=False, **more):
    if type(a) is not ndarray:
        if isinstance(a, _Generator):
            raise TypeError(
                "Calling np.sum(generator) is deprecated. Use np.sum(np.fromiter(generator)) or "
                "the python sum builtin instead."
            )
        a = asarray(a)
    return a.sum(axis, dtype, out, keepdims, **more)


def prod(a, axis=None, dtype=None, out=None, keepdims=False, **more):
    return asarray(a).prod(axis, dtype, out, keepdims, **more)


def mean(a, axis=None, dtype=None, out=None, keepdims=False, **more):
    return asarray(a).mean(axis, dtype, out, keepdims, **more)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **more):
    return asarray(a).std(axis, dtype, out, _correction(ddof, more), keepdims, **more)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **more):
    return asarray(a).var(axis, dtype, out, _correction(ddof, more), keepdims, **more)


def _correction(ddof, more):
    if "correction" not in more:
        return ddof
    if ddof != 0:
        raise ValueError("ddof and correction can't be provided simultaneously.")
    return more.pop("correction")


def max(a, axis=None, out=None, keepdims=False, **more):
    return asarray(a).max(axis, out, keepdims, **more)


def min(a, axis=None, out=None, keepdims=False, **more):
    return asarray(a).min(axis, out, keepdims, **more)


amax, amin = max, min


def any(a, axis=None, out=None, keepdims=False, **more):
    return asarray(a).any(axis, out=out, keepdims=keepdims, **more)


def all(a, axis=None, out=None, keepdims=False, **more):
    return asarray(a).all(axis, out=out, keepdims=keepdims, **more)


def ptp(a, axis=None, out=None, keepdims=False):
    a = asarray(a)
    return subtract(maximum.reduce(a, axis, None, out, keepdims), minimum.reduce(a, axis, None, None, keepdims), out)


def argmax(a, axis=None, out=None, *, keepdims=False):
    return asarray(a).argmax(axis, out, keepdims=keepdims)


def argmin(a, axis=None, out=None, *, keepdims=False):
    return asarray(a).argmin(axis, out, keepdims=keepdims)


def cumsum(a, axis=None, dtype=None, out=None):
    return asarray(a).cumsum(axis, dtype, out)


def cumprod(a, axis=None, dtype=None, out=None):
    return asarray(a).cumprod(axis, dtype, out)


def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    return _cumulative(x, add, axis, dtype, out, include_initial)


def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    return _cumulative(x, multiply, axis, dtype, out, include_initial)


def _cumulative(x, ufunc, axis, dtype, out, include_initial):
    x = atleast_1d(x)
    if axis is None:
        if x.ndim >= 2:
            raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
        axis = 0
    if not include_initial:
        return ufunc.accumulate(x, axis, dtype, out)
    res = ufunc.accumulate(x, axis, dtype)
    shape = list(x.shape)
    shape[axis] = 1
    res = concatenate((full(shape, ufunc.identity, res.dtype), res), axis)
    if out is None:
        return res
    out[...] = res
    return out


def sort(a, axis=-1, kind=None, order=None, **more):
    a = asarray(a)
    a, axis = (a.flatten(), -1) if axis is None else (a.copy(), axis)
    a.sort(axis, kind, order, **more)
    return a


def argsort(a, axis=-1, kind=None, order=None, **more):
    return asarray(a).argsort(axis, kind, order, **more)


def partition(a, kth, axis=-1, kind="introselect", order=None):
    a = asarray(a)
    a, axis = (a.flatten(), -1) if axis is None else (a.copy(), axis)
    a.partition(kth, axis, kind, order)
    return a


def argpartition(a, kth, axis=-1, kind="introselect", order=None):
    return asarray(a).argpartition(kth, axis, kind, order)


def searchsorted(a, v, side="left", sorter=None):
    return asarray(a).searchsorted(v, side, sorter)


def reshape(a, /, shape, order="C", *, copy=None):
    a = asarray(a)
    return (a.copy() if copy else a).reshape(shape, order=order)


def ravel(a, order="C"):
    return asarray(a).ravel(order)


def repeat(a, repeats, axis=None):
    return asarray(a).repeat(repeats, axis)


def take(a, indices, axis=None, out=None, mode="raise"):
    return asarray(a).take(indices, axis, out, mode)


def put(a, ind, v, mode="raise"):
    if not hasattr(a, "put"):
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(a)}")
    return a.put(ind, v, mode)


def choose(a, choices, out=None, mode="raise"):
    return asarray(a).choose(choices, out=out, mode=mode)


def compress(condition, a, axis=None, out=None):
    return asarray(a).compress(condition, axis, out)


def diagonal(a, offset=0, axis1=0, axis2=1):
    return asarray(a).diagonal(offset, axis1, axis2)


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return asarray(a).trace(offset, axis1, axis2, dtype, out)


def round(a, decimals=0, out=None):
    return asarray(a).round(decimals, out)


around = round
_unset = object()


def clip(a, a_min=_unset, a_max=_unset, out=None, *, min=_unset, max=_unset, **more):
    if a_min is _unset and a_max is _unset:
        a_min = None if min is _unset else min
        a_max = None if max is _unset else max
    elif a_min is _unset or a_max is _unset:
        missing = "a_min" if a_min is _unset else "a_max"
        raise TypeError(f"clip() missing 1 required positional argument: '{missing}'")
    elif min is not _unset or max is not _unset:
        raise ValueError(
            "Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden."
        )
    return asarray(a).clip(a_min, a_max, out=out, **more)


def copy(a, order="K", subok=False):
    return asarray(a).copy(order)


def astype(x, dtype, /, *, copy=True, device=None):
    if not hasattr(x, "astype"):
        raise TypeError(f"Input should be a NumPy array or scalar. It is a {type(x)} instead.")
    return x.astype(dtype, copy=copy)


def shape(a):
    return a.shape if type(a) is ndarray else asarray(a).shape


def ndim(a):
    return a.ndim if type(a) is ndarray else asarray(a).ndim


def size(a, axis=None):
    if axis is None:
        return a.size if type(a) is ndarray else asarray(a).size
    dims = shape(a)
    return _product([dims[one] for one in normalize_axis_tuple(axis, len(dims))])


def real(val):
    return val.real if hasattr(val, "real") else asarray(val).real


def imag(val):
    return val.imag if hasattr(val, "imag") else asarray(val).imag


def count_nonzero(a, axis=None, *, keepdims=False):
    return asarray(a).astype(bool, copy=False).sum(axis, int, None, keepdims)


def argwhere(a):
    a = asarray(a)
    if a.ndim == 0:
        return atleast_1d(a).nonzero()[0].reshape(-1, 1)[:, :0]
    return asarray(a.nonzero()).T


def flatnonzero(a):
    return asarray(a).ravel().nonzero()[0]
