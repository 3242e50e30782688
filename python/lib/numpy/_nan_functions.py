"""Reductions for which a NaN is a value that is not there.

From `_numpy`: array, asarray, copyto, dtype, fmax, fmin, full, inexact, isnan, ndarray, sqrt, true_divide.
"""

import warnings

from _numpy import array, asarray, copyto, dtype as _dtype, fmax, fmin, full, inexact, isnan, ndarray, sqrt, true_divide

from ._axes import moveaxis
from ._iteration import ndindex
from ._printing import errstate
from ._statistics import _finished, _line_up, _median, _quantile, _quantiles


def _replaced(a, value):
    """A copy with the value in the place of each NaN, and where they were: None where there can be none."""
    a = asarray(a)
    if a.dtype.kind not in "fc":
        return a, None
    mask = isnan(a)
    a = a.copy()
    copyto(a, value, where=mask)
    return a, mask


def nansum(a, axis=None, dtype=None, out=None, keepdims=False, **more):
    return _replaced(a, 0)[0].sum(axis, dtype, out, keepdims, **more)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False, **more):
    return _replaced(a, 1)[0].prod(axis, dtype, out, keepdims, **more)


def nancumsum(a, axis=None, dtype=None, out=None):
    return _replaced(a, 0)[0].cumsum(axis, dtype, out)


def nancumprod(a, axis=None, dtype=None, out=None):
    return _replaced(a, 1)[0].cumprod(axis, dtype, out)


def _extreme(ufunc, a, axis, out, keepdims, more):
    was_array = type(a) is ndarray
    res = ufunc.reduce(asarray(a), axis, None, out, keepdims, **more)
    if isnan(res).any():
        said = "All-NaN slice encountered" if was_array else "All-NaN axis encountered"
        warnings.warn(said, RuntimeWarning, stacklevel=3)
    return res


def nanmin(a, axis=None, out=None, keepdims=False, **more):
    return _extreme(fmin, a, axis, out, keepdims, more)


def nanmax(a, axis=None, out=None, keepdims=False, **more):
    return _extreme(fmax, a, axis, out, keepdims, more)


def _without_empty_lines(a, value, axis):
    a, mask = _replaced(a, value)
    if mask is not None and mask.size and mask.all(axis).any():
        raise ValueError("All-NaN slice encountered")
    return a


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    return _without_empty_lines(a, float("inf"), axis).argmin(axis, out, keepdims=keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    return _without_empty_lines(a, -float("inf"), axis).argmax(axis, out, keepdims=keepdims)


def _check_inexact(dtype, out):
    if dtype is not None and not issubclass(_dtype(dtype).type, inexact):
        raise TypeError("If a is inexact, then dtype must be inexact")
    if out is not None and not issubclass(out.dtype.type, inexact):
        raise TypeError("If a is inexact, then out must be inexact")


def _divided(total, count, out=None):
    with errstate(invalid="ignore", divide="ignore"):
        if isinstance(total, ndarray):
            return true_divide(total, count, out=total if out is None else out, casting="unsafe")
        return total.dtype.type(total / count)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    a, mask = _replaced(a, 0)
    if mask is None:
        return a.mean(axis, dtype, out, keepdims, where=where)
    _check_inexact(dtype, out)
    count = (~mask).sum(axis, int, None, keepdims, where=where)
    avg = _divided(a.sum(axis, dtype, out, keepdims, where=where), count, out)
    if (count == 0).any():
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=2)
    return avg


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None):
    a, mask = _replaced(a, 0)
    if correction is not None:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        ddof = correction
    if mask is None:
        more = {} if mean is None else {"mean": mean}
        return a.var(axis, dtype, out, ddof, keepdims, where=where, **more)
    _check_inexact(dtype, out)
    count = (~mask).sum(axis, int, None, True, where=where)
    if mean is None:
        mean = _divided(a.sum(axis, dtype, None, True, where=where), count)
    apart = asarray(a - mean)
    copyto(apart, 0, where=mask)
    squares = (apart * apart.conj()).real if apart.dtype.kind == "c" else apart * apart
    total = squares.sum(axis, dtype, out, keepdims, where=where)
    free = (count if keepdims else count.squeeze(axis)) - ddof
    var = _divided(total, free)
    bad = free <= 0
    if bad.any():
        warnings.warn("Degrees of freedom <= 0 for slice.", RuntimeWarning, stacklevel=2)
        if not isinstance(var, ndarray):
            return var.dtype.type(float("nan"))
        copyto(var, float("nan"), where=bad)
    return var


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **more):
    var = nanvar(a, axis, dtype, out, ddof, keepdims, **more)
    return sqrt(var, out=var) if isinstance(var, ndarray) else var.dtype.type(sqrt(var))


def _present(line):
    """The values without NaN, and whether there are any."""
    bad = isnan(line)
    if not bad.any():
        return line
    line = line[~bad]
    if not line.size:
        warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=5)
        return full(1, float("nan"), line.dtype)
    return line


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    a = asarray(a)
    if a.size == 0:
        return nanmean(a, axis, None, out, keepdims)
    lines, kept = _line_up(a, axis)
    if a.dtype.kind not in "fc" or not isnan(a).any():
        return _finished(_median(lines), kept, keepdims, out)
    if lines.ndim == 1:
        return _finished(_median(_present(lines)), kept, keepdims, out)
    result = array(lines[0])
    for place in ndindex(lines.shape[1:]):
        result[place] = _median(_present(lines[(slice(None),) + place]))
    return _finished(result, kept, keepdims, out)


def _nanquantile(lines, q, method, weak):
    if lines.dtype.kind != "f" or not isnan(lines).any():
        return _quantile(lines, q, method, weak)
    if lines.ndim == 1:
        return _quantile(_present(lines), q, method, weak)
    around = lines.shape[1:]
    result = None
    for place in ndindex(around):
        one = asarray(_quantile(_present(lines[(slice(None),) + place]), q, method, weak))
        if result is None:
            result = full(around + q.shape, 0, one.dtype)
        result[place] = one
    return moveaxis(result, tuple(range(len(around), result.ndim)), tuple(range(q.ndim))) if q.ndim else result


def nanquantile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None
):
    return _nanquantiles(a, asarray(q), type(q), axis, out, method, keepdims, weights, "Quantiles", 1)


def nanpercentile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None
):
    q, given = asarray(true_divide(q, 100)), type(q)
    return _nanquantiles(a, q, given, axis, out, method, keepdims, weights, "Percentiles", 100)


def _nanquantiles(a, q, given, axis, out, method, keepdims, weights, what, most):
    if weights is not None:
        raise NotImplementedError("nanquantile has no weights= in the lab's NumPy")
    a = asarray(a)
    if a.size == 0:
        return nanmean(a, axis, None, out, keepdims)
    return _quantiles(a, q, given, axis, out, method, keepdims, None, what, most, _nanquantile)
