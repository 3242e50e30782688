"""Differences, sums along curves, interpolation and convolution.

From `_numpy`: abs, arctan2, array, asarray, broadcast_to, can_cast, concatenate, copyto, empty, exp, float64, integer,
isnan, mod, not_equal, result_type, sin, sqrt, trunc, where, zeros.
"""

from math import pi

from _numpy import (
    abs as _abs, arange, arctan2, array, asarray, broadcast_to, can_cast, concatenate, copyto, empty, exp, float64,
    integer, isnan, mod, not_equal, result_type, sin, sqrt, trunc, where, zeros,
)

from ._axes import _with_ndim, normalize_axis_index, normalize_axis_tuple
from ._limits import finfo

_unset = object()


def diff(a, n=1, axis=-1, prepend=_unset, append=_unset):
    if n == 0:
        return a
    if n < 0:
        raise ValueError("order must be non-negative but got " + repr(n))
    a = asarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, a.ndim)
    if prepend is not _unset or append is not _unset:
        parts = [_beside(a, one, axis) if one is not a else a for one in (prepend, a, append) if one is not _unset]
        a = concatenate(parts, axis)
    before = (slice(None),) * axis
    later, sooner = before + (slice(1, None),), before + (slice(None, -1),)
    for _ in range(n):
        a = not_equal(a[later], a[sooner]) if a.dtype.kind == "b" else a[later] - a[sooner]
    return a


def _beside(a, values, axis):
    values = asarray(values)
    if values.ndim:
        return values
    return broadcast_to(values, a.shape[:axis] + (1,) + a.shape[axis + 1 :])


def ediff1d(ary, to_end=None, to_begin=None):
    ary = asarray(ary).ravel()
    parts = [ary[1:] - ary[:-1]]
    for name, values in (("to_begin", to_begin), ("to_end", to_end)):
        if values is None:
            continue
        values = asarray(values)
        if not can_cast(values.dtype, ary.dtype, "same_kind"):
            raise TypeError(
                f"dtype of `{name}` must be compatible with input `ary` under the `same_kind` rule."
            )
        values = values.ravel().astype(ary.dtype)
        parts = [values] + parts if name == "to_begin" else parts + [values]
    return parts[0] if len(parts) == 1 else concatenate(parts)


def _spacings(f, spacing, axes):
    """For each axis one number, or the distances between neighbours."""
    if not spacing:
        return [1.0] * len(axes)
    if len(spacing) == 1 and asarray(spacing[0]).ndim == 0:
        return list(spacing) * len(axes)
    if len(spacing) != len(axes):
        raise TypeError("invalid number of arguments")
    found = []
    for given, axis in zip(spacing, axes):
        places = asarray(given)
        if places.ndim == 0:
            found.append(given)
            continue
        if places.ndim != 1:
            raise ValueError("distances must be either scalars or 1d")
        if len(places) != f.shape[axis]:
            raise ValueError("when 1d, distances must match the length of the corresponding dimension")
        if issubclass(places.dtype.type, integer):
            places = places.astype(float64)
        apart = diff(places)
        found.append(apart[0] if (apart == apart[0]).all() else apart)
    return found


def gradient(f, *varargs, axis=None, edge_order=1):
    f = asarray(f)
    axes = tuple(range(f.ndim)) if axis is None else normalize_axis_tuple(axis, f.ndim)
    spacings = _spacings(f, varargs, axes)
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    if f.dtype.kind not in "fc":
        f = f.astype(float64)
    found = []
    for one, apart in zip(axes, spacings):
        if f.shape[one] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are "
                "required."
            )
        found.append(_gradient_along(f, one, apart, edge_order))
    return found[0] if len(axes) == 1 else tuple(found)


def _gradient_along(f, axis, apart, edge_order):
    before = (slice(None),) * axis

    def at(where):
        return f[before + (where,)]

    out = empty(f.shape, f.dtype)
    left, middle, right = slice(None, -2), slice(1, -1), slice(2, None)
    even = asarray(apart).ndim == 0
    if even:
        out[before + (middle,)] = (at(right) - at(left)) / (2.0 * apart)
        first = last = apart
    else:
        first, last = apart[0], apart[-1]
        # Second order for uneven distances: the weights of the three neighbours, along this axis.
        h, k = apart[:-1], apart[1:]
        shape = [1] * f.ndim
        shape[axis] = -1
        a, b, c = [w.reshape(shape) for w in (-k / (h * (h + k)), (k - h) / (h * k), h / (k * (h + k)))]
        out[before + (middle,)] = a * at(left) + b * at(middle) + c * at(right)
    if edge_order == 1:
        out[before + (0,)] = (at(1) - at(0)) / first
        out[before + (-1,)] = (at(-1) - at(-2)) / last
        return out
    if even:
        a, b, c = -1.5 / apart, 2.0 / apart, -0.5 / apart
    else:
        h, k = first, apart[1]
        a, b, c = -(2.0 * h + k) / (h * (h + k)), (h + k) / (h * k), -h / (k * (h + k))
    out[before + (0,)] = a * at(0) + b * at(1) + c * at(2)
    if even:
        a, b, c = 0.5 / apart, -2.0 / apart, 1.5 / apart
    else:
        h, k = apart[-2], last
        a, b, c = k / (h * (h + k)), -(k + h) / (h * k), (2.0 * k + h) / (k * (h + k))
    out[before + (-1,)] = a * at(-3) + b * at(-2) + c * at(-1)
    return out


def trapezoid(y, x=None, dx=1.0, axis=-1):
    y = asarray(y)
    if x is not None:
        x = asarray(x)
        if x.ndim == 1:
            dx = diff(x)
            shape = [1] * y.ndim
            shape[axis] = dx.shape[0]
            dx = dx.reshape(shape)
        else:
            dx = diff(x, axis=axis)
    later, sooner = [slice(None)] * y.ndim, [slice(None)] * y.ndim
    later[axis], sooner[axis] = slice(1, None), slice(None, -1)
    return (dx * (y[tuple(later)] + y[tuple(sooner)]) / 2.0).sum(axis)


def interp(x, xp, fp, left=None, right=None, period=None):
    fp = asarray(fp)
    fp = asarray(fp, complex if fp.dtype.kind == "c" else float)
    x, xp = asarray(x, float), asarray(xp, float)
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        if xp.ndim != 1 or fp.ndim != 1:
            raise ValueError("Data points must be 1-D sequences")
        if xp.shape[0] != fp.shape[0]:
            raise ValueError("fp and xp are not of the same length")
        period, left, right = abs(period), None, None
        x, xp = x % period, xp % period
        order = xp.argsort()
        xp, fp = xp[order], fp[order]
        xp = concatenate((xp[-1:] - period, xp, xp[:1] + period))
        fp = concatenate((fp[-1:], fp, fp[:1]))
    if xp.ndim != 1 or fp.ndim != 1:
        deep = (xp if xp.ndim != 1 else fp).ndim
        if deep == 0:
            raise ValueError("object of too small depth for desired array")
        raise ValueError("object too deep for desired array")
    if xp.size == 0:
        raise ValueError("array of sample points is empty")
    if xp.size != fp.size:
        raise ValueError("fp and xp are not of the same length.")
    return _interpolated(x, xp, fp, left, right)


def _interpolated(x, xp, fp, left, right):
    n = xp.size
    left, right = fp[0] if left is None else left, fp[-1] if right is None else right
    at = xp.searchsorted(x, "right") - 1
    low = at.clip(0, max(n - 2, 0))
    high = low + 1 if n > 1 else low
    from ._printing import errstate

    with errstate(all="ignore"):
        x0, x1, y0, y1 = xp[low], xp[high], fp[low], fp[high]
        if fp.dtype.kind == "c":
            y = empty(x.shape, complex)
            # NumPy multiplies complex slopes by the reciprocal, and divides real ones.
            slope = (y1 - y0) * (1.0 / (x1 - x0))
            y.real = _on_line(x, x0, x1, y0.real, y1.real, slope.real)
            y.imag = _on_line(x, x0, x1, y0.imag, y1.imag, slope.imag)
        else:
            y = _on_line(x, x0, x1, y0, y1, (y1 - y0) / (x1 - x0))
        y = where(x == x0, y0, y)
    y = where(at >= n - 1, where(x == xp[-1], fp[-1], right), where(at < 0, left, y))
    # A NaN gives itself, also where it would be beyond the last point.
    y = where(isnan(x), x, y)
    return y.astype(fp.dtype, copy=False)[()]


def _on_line(x, x0, x1, y0, y1, slope):
    y = slope * (x - x0) + y0
    bad = isnan(y)
    if bad.any():
        # From the other end, which helps where one end is infinite; and two equal infinities are a line, too.
        other = slope * (x - x1) + y1
        y = where(bad, where(isnan(other) & (y0 == y1), y0, other), y)
    return y


def unwrap(p, discont=None, axis=-1, *, period=2 * pi):
    p = asarray(p)
    apart = diff(p, axis=axis)
    if discont is None:
        discont = period / 2
    dtype = result_type(apart, period)
    if issubclass(dtype.type, integer):
        high, odd = divmod(period, 2)
    else:
        high, odd = period / 2, 0
    inside = mod(apart + high, period) - high
    if odd == 0:
        copyto(inside, high, where=(inside == -high) & (apart > 0))
    correct = inside - apart
    copyto(correct, 0, where=_abs(apart) < discont)
    up = array(p, dtype)
    later = (slice(None),) * normalize_axis_index(axis, p.ndim) + (slice(1, None),)
    up[later] = p[later] + correct.cumsum(axis)
    return up


def convolve(a, v, mode="full"):
    a, v = _with_ndim(a, 1), _with_ndim(v, 1)
    if len(a) == 0:
        raise ValueError("a cannot be empty")
    if len(v) == 0:
        raise ValueError("v cannot be empty")
    if len(v) > len(a):
        a, v = v, a
    return _correlated(a, v[::-1], mode)


def correlate(a, v, mode="valid"):
    a, v = _with_ndim(a, 1), _with_ndim(v, 1)
    if v.dtype.kind == "c":
        v = v.conj()
    if len(v) <= len(a) or not len(a):
        return _correlated(a, v, mode)
    # The longer one stands still: then the result comes out backwards.
    return _correlated(v, a, mode)[::-1].copy()


def _correlated(a, v, mode):
    modes = {"valid": 0, "same": 1, "full": 2, 0: 0, 1: 1, 2: 2}
    if mode not in modes:
        if isinstance(mode, str):
            raise ValueError("Use one of 'valid', 'same', or 'full' for convolve/correlate mode")
        raise ValueError("integer convolve/correlate mode must be 0, 1, or 2")
    if a.ndim > 1 or v.ndim > 1:
        raise ValueError("object too deep for desired array")
    n, m = len(a), len(v)
    if n == 0:
        raise ValueError("first array argument cannot be empty")
    if m == 0:
        raise ValueError("second array argument cannot be empty")
    # All results take their k-th summand at once: each is summed from the kernel's first element on.
    full = zeros(n + m - 1, result_type(a, v))
    for k in range(m):
        full[m - 1 - k : m - 1 - k + n] += v[k] * a
    mode = modes[mode]
    start = 0 if mode == 2 else (m - 1) // 2 if mode == 1 else m - 1
    return full[start : start + (n + m - 1 if mode == 2 else n if mode == 1 else n - m + 1)].copy()


def angle(z, deg=False):
    z = asarray(z)
    a = arctan2(z.imag, z.real) if z.dtype.kind == "c" else arctan2(0, z)
    return a * (180 / pi) if deg else a


def sinc(x):
    x = asarray(x)
    x = asarray(pi * x)
    tiny = finfo(x.dtype).eps if x.dtype.kind == "f" else 1e-20
    y = where(x, x, tiny)
    return sin(y) / y


def fix(x, out=None):
    import warnings

    said = "numpy.fix is deprecated. Use numpy.trunc instead, which is faster and follows the Array API standard."
    warnings.warn(said, DeprecationWarning, stacklevel=2)
    return trunc(x, out)


def i0(x):
    """By the power series where it is short, by the asymptotic one elsewhere: near to NumPy's, not the same bits."""
    x = _abs(asarray(x, float))
    small = x.clip(None, 30.0)
    term = total = small * 0 + 1.0
    for k in range(1, 80):
        term = term * (small / (2.0 * k)) ** 2
        total = total + term
    large = x.clip(30.0, None)
    term = series = large * 0 + 1.0
    for k in range(1, 20):
        term = term * (2 * k - 1) ** 2 / (8.0 * k * large)
        series = series + term
    return where(x <= 30.0, total, exp(large) / sqrt(2 * pi * large) * series)


def kaiser(M, beta):
    if M == 1:
        return zeros(1) + 1.0
    n = arange(0, M, dtype=float)
    half = (M - 1) / 2.0
    return i0(beta * sqrt(1 - ((n - half) / half) ** 2.0)) / i0(beta)


def digitize(x, bins, right=False):
    x, bins = asarray(x), asarray(bins)
    if x.dtype.kind == "c":
        raise TypeError("x may not be complex")
    side = "left" if right else "right"
    if bins.ndim != 1:
        raise ValueError(
            "object of too small depth for desired array" if bins.ndim == 0 else "object too deep for desired array"
        )
    if (bins[1:] >= bins[:-1]).all():
        return bins.searchsorted(x, side)
    if (bins[1:] <= bins[:-1]).all():
        return len(bins) - bins[::-1].searchsorted(x, side)
    raise ValueError("bins must be monotonically increasing or decreasing")


def modf(x):
    """The fractions, with the signs of the numbers, and the whole parts."""
    from _numpy import copysign, isinf, trunc, where

    whole = trunc(asarray(x) * 1.0)
    return copysign(where(isinf(whole), 0.0, x - whole), x)[()], whole[()]


def frexp(x):
    """Numbers from a half to one, and the powers of two that they are to be multiplied by."""
    from math import frexp as one

    x = asarray(x) * 1.0
    pairs = [one(value) for value in x.ravel().tolist()]
    fractions = array([fraction for fraction, _ in pairs], x.dtype).reshape(x.shape)
    return fractions[()], array([power for _, power in pairs], "int32").reshape(x.shape)[()]


def sort_complex(a):
    ordered = asarray(a).astype("complex128")
    ordered.sort()
    return ordered
