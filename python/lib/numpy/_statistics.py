"""Averages, quantiles and what two samples have to do with each other.

From `_numpy`: array, asarray, broadcast_to, ceil, concatenate, copyto, dot, float64, floor, inexact, isnan, minimum,
multiply, result_type, sqrt, true_divide, where.
"""

from math import prod

from _numpy import (
    array, asarray, broadcast_to, ceil, concatenate, copyto, dot, float64, floor, inexact, isnan, minimum, multiply,
    result_type, sqrt, true_divide, where,
)

from ._axes import moveaxis, normalize_axis_tuple
from ._methods import argsort, clip, sort


def _line_up(a, axis):
    """The array with the reduced axes as one, in front; what shape that has with keepdims."""
    if axis is None:
        return a.reshape(-1), (1,) * a.ndim
    axes = normalize_axis_tuple(axis, a.ndim)
    kept = tuple([1 if one in axes else length for one, length in enumerate(a.shape)])
    if len(axes) == 1:
        return (moveaxis(a, axes[0], 0) if axes[0] else a), kept
    rest = [one for one in range(a.ndim) if one not in axes]
    shape = [a.shape[one] for one in rest]
    length = prod([a.shape[one] for one in axes])
    return a.transpose(list(sorted(axes)) + rest).reshape([length] + shape), kept


def _finished(result, kept, keepdims, out, before=()):
    if keepdims:
        result = asarray(result).reshape(before + kept)
    if out is None:
        return result
    out[...] = result
    return out


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    a = asarray(a)
    lines, kept = _line_up(a, axis)
    return _finished(_median(lines), kept, keepdims, out)


def _median(lines):
    """Along the first axis. A NaN is last when sorted, and then the result."""
    n = lines.shape[0]
    ordered = sort(lines, 0)
    half = n // 2
    result = ordered[half : half + 1] if n % 2 else ordered[max(half - 1, 0) : half + 1]
    result = result.mean(0)
    if n and ordered.dtype.kind in "fc" and ordered.size:
        bad = isnan(ordered[-1])
        if bad.any():
            if result.ndim == 0:
                return ordered[-1]
            copyto(result, ordered[-1], where=bad)
    return result


def _discrete(place, exact):
    """The element before the place where `exact` holds for it, else the one behind it."""
    before = floor(place)
    return where(exact(place - before, before), before, before + 1).astype(int).clip(0, None)


_ALPHA_BETA = {
    "interpolated_inverted_cdf": (0, 1),
    "hazen": (0.5, 0.5),
    "weibull": (0, 0),
    "median_unbiased": (1 / 3.0, 1 / 3.0),
    "normal_unbiased": (3 / 8.0, 3 / 8.0),
}
_METHODS = (
    *_ALPHA_BETA, "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "linear", "lower", "higher",
    "midpoint", "nearest",
)


_WHOLE = ("linear", "lower", "higher", "nearest", "inverted_cdf", "closest_observation")


def _places(method, n, q):
    """Where among n ordered values the quantiles lie: whole numbers where one value is taken as it is."""
    if method in _ALPHA_BETA:
        alpha, beta = _ALPHA_BETA[method]
        return n * q + (alpha + q * (1 - alpha - beta)) - 1
    if method == "linear":
        return (n - 1) * q
    if method == "lower":
        return floor((n - 1) * q).astype(int)
    if method == "higher":
        return ceil((n - 1) * q).astype(int)
    if method == "nearest":
        return ((n - 1) * q).round().astype(int)
    if method == "midpoint":
        return 0.5 * (floor((n - 1) * q) + ceil((n - 1) * q))
    if method == "averaged_inverted_cdf":
        return n * q - 1
    if method == "inverted_cdf":
        return _discrete(n * q - 1, lambda gamma, before: gamma == 0)
    return _discrete(n * q - 1 - 0.5, lambda gamma, before: (gamma == 0) & (before % 2 == 1))


def _quantile(lines, q, method, weak):
    """Along the first axis; the quantiles' own axes come first in the result."""
    if method not in _METHODS:
        raise ValueError(f"{method!r} is not a valid method. Use one of: {_method_names()}")
    n = lines.shape[0]
    ordered = sort(lines, 0)
    last = ordered[-1] if ordered.dtype.kind == "f" else None
    places = asarray(_places(method, n, q))
    if places.dtype.kind in "iu" and method in _WHOLE:
        result = ordered.take(places, 0)
    else:
        low = floor(places)
        high = low + 1
        top, under = places >= n - 1, places < 0
        low = asarray(where(under, 0, where(top, -1, low)))
        high = asarray(where(under, 0, where(top, -1, high)))
        gamma = asarray(places - low)
        if method == "averaged_inverted_cdf":
            gamma = where(gamma == 0, 0.5, 1.0)
        elif method == "midpoint":
            gamma = where(places % 1 == 0, 0.0, 0.5)
        gamma = asarray(gamma, places.dtype)
        gamma = float(gamma) if weak else gamma.reshape(places.shape + (1,) * (lines.ndim - 1))
        result = _between(ordered[low.astype(int)], ordered[high.astype(int)], gamma)
    if last is not None:
        bad = isnan(last)
        if bad.any():
            if asarray(result).ndim == 0:
                return last
            copyto(result, last, where=bad)
    return result


def _method_names():
    return ", ".join(_METHODS)


def _between(low, high, t):
    """From low to high; from the nearer end, so that the ends and equal values come out exactly."""
    apart = high - low
    near_low = low + apart * t
    near_high = high - apart * (1 - t)
    return where(t >= 0.5, near_high, near_low).astype(asarray(near_low).dtype)[()]


def _weighted(lines, q, weights):
    """The inverse of the weights' empirical distribution, along the first axis."""
    order = argsort(lines, 0)
    columns = lines.reshape(lines.shape[0], -1)
    weights = weights.reshape(lines.shape[0], -1)
    order = order.reshape(columns.shape)
    found = []
    for column in range(columns.shape[1]):
        at = order[:, column]
        values, cdf = columns[at, column], weights[at, column].cumsum(0, float64)
        cdf /= cdf[-1]
        if isnan(cdf[-1]):
            raise ValueError("Weights included NaN, inf or were all zero.")
        cdf = cdf.astype(q.dtype) if q.dtype.kind == "f" else cdf
        cdf[cdf == 0] = -1
        taken = values[minimum(cdf.searchsorted(q), len(values) - 1)]
        found.append(values[-1] + taken * 0 if values.dtype.kind == "f" and isnan(values[-1]) else taken)
    return moveaxis(asarray(found, lines.dtype), 0, -1).reshape(q.shape + lines.shape[1:])


def _weights_like(weights, a, axis):
    weights = asarray(weights)
    if a.shape == weights.shape:
        return weights
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if weights.shape != tuple([a.shape[one] for one in axis]):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    weights = weights.transpose(argsort(axis))
    return weights.reshape([length if one in axis else 1 for one, length in enumerate(a.shape)])


def quantile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None
):
    return _quantiles(a, asarray(q), type(q), axis, out, method, keepdims, weights, "Quantiles", 1, _quantile)


def percentile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None
):
    q, given = asarray(true_divide(q, 100)), type(q)
    return _quantiles(a, q, given, axis, out, method, keepdims, weights, "Percentiles", 100, _quantile)


def _quantiles(a, q, given, axis, out, method, keepdims, weights, what, most, of_lines):
    a = asarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    if q.size and not (q.min() >= 0 and q.max() <= 1):
        raise ValueError(f"{what} must be in the range [0, {most}]")
    if q.ndim > 2:
        raise ValueError("q must be a scalar or 1d")
    lines, kept = _line_up(a, axis)
    if weights is None:
        result = of_lines(lines, q, method, given in (int, float))
    else:
        if method != "inverted_cdf":
            raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
        axes = None if axis is None else normalize_axis_tuple(axis, a.ndim, "axis")
        weights = _weights_like(weights, a, axes)
        if (weights < 0).any():
            raise ValueError("Weights must be non-negative.")
        result = _weighted(lines, q, _line_up(broadcast_to(weights, a.shape), axis)[0])
    return _finished(result, kept, keepdims, out, q.shape)


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    a = asarray(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, "axis")
    if weights is None:
        avg = a.mean(axis, keepdims=keepdims)
        total = avg.dtype.type(a.size / asarray(avg).size)
    else:
        weights = _weights_like(weights, a, axis)
        dtype = result_type(a.dtype, weights.dtype)
        if not issubclass(a.dtype.type, inexact):
            dtype = result_type(dtype, float64)
        total = weights.sum(axis, dtype, keepdims=keepdims)
        if (total == 0.0).any():
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        avg = multiply(a, weights, dtype=dtype).sum(axis, keepdims=keepdims) / total
    if not returned:
        return avg
    shape = asarray(avg).shape
    if asarray(total).shape != shape:
        total = broadcast_to(total, shape).copy()
    return avg, total


def _sample_weights(weights, n, name):
    weights = asarray(weights, float)
    if name == "fweights" and not (weights == weights.round()).all():
        raise TypeError("fweights must be integer")
    if weights.ndim > 1:
        raise RuntimeError(f"cannot handle multidimensional {name}")
    if weights.shape[0] != n:
        raise RuntimeError(f"incompatible numbers of samples and {name}")
    if (weights < 0).any():
        raise ValueError(f"{name} cannot be negative")
    return weights


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    m = asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    if y is not None:
        y = asarray(y)
        if y.ndim > 2:
            raise ValueError("y has more than 2 dimensions")
    if dtype is None:
        dtype = result_type(m, float64) if y is None else result_type(m, y, float64)
    x = array(m, dtype, ndmin=2)
    if not rowvar and m.ndim != 1:
        x = x.T
    if x.shape[0] == 0:
        return array([]).reshape(0, 0)
    if y is not None:
        y = array(y, dtype, ndmin=2)
        x = concatenate((x, y.T if not rowvar and y.shape[0] != 1 else y), 0)
    if ddof is None:
        ddof = 1 if bias == 0 else 0
    n = x.shape[1]
    w = None
    if fweights is not None:
        w = _sample_weights(fweights, n, "fweights")
    if aweights is not None:
        aweights = _sample_weights(aweights, n, "aweights")
        w = aweights if w is None else w * aweights
    avg, total = average(x, 1, w, True)
    total = total[0]
    if w is None:
        freedom = n - ddof
    elif ddof == 0:
        freedom = total
    elif aweights is None:
        freedom = total - ddof
    else:
        freedom = total - ddof * (w * aweights).sum() / total
    if freedom <= 0:
        import warnings

        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
        freedom = 0.0
    x = x - avg[:, None]
    c = dot(x, (x if w is None else x * w).T.conj())
    c *= true_divide(1, freedom)
    return c.squeeze()


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    c = cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        return c / c
    stddev = sqrt(c.diagonal().real)
    c /= stddev[:, None]
    c /= stddev[None, :]
    if c.dtype.kind != "c":
        return clip(c, -1, 1)
    c.real[...] = c.real.clip(-1, 1)
    c.imag[...] = c.imag.clip(-1, 1)
    return c
