"""Arrays from a shape, a rule or another array.

From `_numpy`: arange, array, asarray, broadcast_shapes, broadcast_to, cos, dtype, empty, float64, floor, full,
greater_equal, inexact, integer, isfinite, log10, multiply, nonzero, ones, power, promote_types, result_type, sign,
subtract, where, zeros.
"""

from operator import index

from _numpy import (
    arange, array, asarray, broadcast_to, dtype as _dtype, empty, float64, floor, full, greater_equal, inexact, integer,
    log10, multiply, nonzero, ones, power, promote_types, result_type, sign, subtract, where, zeros,
)

from ._axes import _with_ndim, expand_dims, moveaxis


def _shape_and_type(a, dtype, shape):
    a = asarray(a)
    return (a.shape if shape is None else shape), (a.dtype if dtype is None else dtype)


def empty_like(prototype, /, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return empty(*_shape_and_type(prototype, dtype, shape))


def zeros_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return zeros(*_shape_and_type(a, dtype, shape))


def ones_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    return ones(*_shape_and_type(a, dtype, shape))


def full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None, *, device=None):
    shape, dtype = _shape_and_type(a, dtype, shape)
    return full(shape, fill_value, dtype)


def ascontiguousarray(a, dtype=None):
    return _with_ndim(asarray(a, dtype, order="C"), 1)


def asfortranarray(a, dtype=None):
    return _with_ndim(asarray(a, dtype, order="F"), 1)


def asarray_chkfinite(a, dtype=None, order=None):
    from _numpy import isfinite

    a = asarray(a, dtype, order=order)
    if a.dtype.kind in "fc" and not isfinite(a).all():
        raise ValueError("array must not contain infs or NaNs")
    return a


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    num = index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    steps = num - 1 if endpoint else num
    computed = result_type(start, stop, 1.0)
    if not issubclass(computed.type, inexact):
        computed = _dtype(float64)
    start, stop = asarray(start), asarray(stop)
    delta = subtract(stop, start, dtype=computed)
    y = arange(0, num, dtype=computed).reshape((-1,) + (1,) * delta.ndim)
    if steps > 0:
        step = delta / steps
        # A difference so small that it underflows, divided: then the division comes first.
        y = y / steps * delta if (step == 0).any() else y * step
    else:
        step = float("nan")
        y = y * delta
    y += start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = moveaxis(y, 0, axis)
    if dtype is not None:
        dtype = _dtype(dtype)
        y = (floor(y) if issubclass(dtype.type, integer) else y).astype(dtype, copy=False)
    return (y, step) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    if not isinstance(base, (float, int)) and asarray(base).ndim:
        ndim = max(asarray(start).ndim, asarray(stop).ndim, asarray(base).ndim)
        start, stop, base = [array(one, ndmin=ndim) for one in (start, stop, base)]
        base = expand_dims(base, axis)
    y = power(base, linspace(start, stop, num, endpoint, axis=axis))
    return y if dtype is None else y.astype(dtype, copy=False)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    start, stop = asarray(start), asarray(stop)
    if (start == 0).any() or (stop == 0).any():
        raise ValueError("Geometric sequence cannot include zero")
    computed = result_type(start, stop, float(num), zeros((), dtype))
    dtype = computed if dtype is None else _dtype(dtype)
    start, stop = start.astype(computed), stop.astype(computed)
    # Of a negative or complex start only the absolute values and the angle between both ends are spaced.
    turn = sign(start)
    start, stop = start / turn, stop / turn
    result = asarray(logspace(log10(start), log10(stop), num, endpoint, 10.0, computed))
    if num > 0:
        result[0] = start
        if num > 1 and endpoint:
            result[-1] = stop
    result *= turn
    if axis != 0:
        result = moveaxis(result, 0, axis)
    return result.astype(dtype, copy=False)


def eye(N, M=None, k=0, dtype=float, order="C", *, device=None, like=None):
    if M is None:
        M = N
    m = zeros((N, M), float if dtype is None else dtype)
    M, k = index(M), index(k)
    if k < M:
        m[: M - k].flat[(k if k >= 0 else -k * M) :: M + 1] = 1
    return m


def identity(n, dtype=None, *, like=None):
    return eye(n, dtype=dtype)


def diag(v, k=0):
    v = asarray(v)
    if v.ndim == 2:
        return v.diagonal(k)
    if v.ndim != 1:
        raise ValueError("Input must be 1- or 2-d.")
    n = v.shape[0] + abs(k)
    res = zeros((n, n), v.dtype)
    res[: n - k].flat[(k if k >= 0 else -k * n) :: n + 1] = v
    return res


def diagflat(v, k=0):
    return diag(asarray(v).ravel(), k)


def tri(N, M=None, k=0, dtype=float, *, like=None):
    N, k = index(N), index(k)
    M = N if M is None else index(M)
    return greater_equal.outer(arange(N), arange(-k, M - k)).astype(dtype, copy=False)


def tril(m, k=0):
    m = asarray(m)
    return where(tri(*m.shape[-2:], k=k, dtype=bool), m, zeros(1, m.dtype))


def triu(m, k=0):
    m = asarray(m)
    return where(tri(*m.shape[-2:], k=k - 1, dtype=bool), zeros(1, m.dtype), m)


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    return nonzero(~tri(n, m, k - 1, bool))


def _matrix_shape(arr):
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return arr.shape


def tril_indices_from(arr, k=0):
    n, m = _matrix_shape(arr)
    return tril_indices(n, k, m)


def triu_indices_from(arr, k=0):
    n, m = _matrix_shape(arr)
    return triu_indices(n, k, m)


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def diag_indices_from(arr):
    if not arr.ndim >= 2:
        raise ValueError("input array must be at least 2-d")
    if len(set(arr.shape)) > 1:
        raise ValueError("All dimensions of input must be of equal length")
    return diag_indices(arr.shape[0], arr.ndim)


def fill_diagonal(a, val, wrap=False):
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    end = None
    if a.ndim == 2:
        step = a.shape[1] + 1
        if not wrap:
            end = a.shape[1] * a.shape[1]
    else:
        if len(set(a.shape)) > 1:
            raise ValueError("All dimensions of input must be of equal length")
        step = sum([a.shape[0] ** power for power in range(a.ndim)])
    a.flat[:end:step] = val


def vander(x, N=None, increasing=False):
    x = asarray(x)
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    N = len(x) if N is None else N
    v = empty((len(x), N), promote_types(x.dtype, int))
    rising = v if increasing else v[:, ::-1]
    if N > 0:
        rising[:, 0] = 1
    if N > 1:
        rising[:, 1:] = x[:, None]
        rising[:, 1:] = multiply.accumulate(rising[:, 1:], 1)
    return v


def broadcast_arrays(*args, subok=False):
    from _numpy import broadcast_shapes

    args = [asarray(one) for one in args]
    shape = broadcast_shapes(*[one.shape for one in args])
    return tuple([one if one.shape == shape else broadcast_to(one, shape) for one in args])


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    n = len(xi)
    places = list(range(n))
    if indexing == "xy" and n > 1:
        places[:2] = 1, 0
    grids = []
    for place, x in zip(places, xi):
        shape = [1] * n
        shape[place] = -1
        grids.append(asarray(x).reshape(shape))
    if not sparse:
        grids = broadcast_arrays(*grids)
    return tuple([one.copy() for one in grids]) if copy else tuple(grids)


def indices(dimensions, dtype=int, sparse=False):
    dimensions = tuple(dimensions)
    n = len(dimensions)
    one_each = []
    for axis, length in enumerate(dimensions):
        shape = [1] * n
        shape[axis] = length
        one_each.append(arange(length, dtype=dtype).reshape(shape))
    if sparse:
        return tuple(one_each)
    res = empty((n,) + dimensions, dtype)
    for axis, one in enumerate(one_each):
        res[axis] = one
    return res


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    return function(*indices(shape, dtype), **kwargs)


def tile(A, reps):
    try:
        reps = tuple(reps)
    except TypeError:
        reps = (reps,)
    A = array(A, ndmin=len(reps))
    reps = (1,) * (A.ndim - len(reps)) + reps
    # Each axis beside one of its repetitions: copied by broadcasting, then both are one axis.
    shape, spread = [], []
    for length, times in zip(A.shape, reps):
        shape += (1, length)
        spread += (times, length)
    result = tuple([length * times for length, times in zip(A.shape, reps)])
    return broadcast_to(A.reshape(shape), spread).copy().reshape(result) if any([n != 1 for n in reps]) else A


def resize(a, new_shape):
    a = asarray(a).ravel()
    new_shape = (new_shape,) if isinstance(new_shape, (int, integer)) else tuple(new_shape)
    total = 1
    for length in new_shape:
        total *= length
        if length < 0:
            raise ValueError("all elements of `new_shape` must be non-negative")
    if a.size == 0 or total == 0:
        return zeros(new_shape, a.dtype)
    return tile(a, -(-total // a.size))[:total].reshape(new_shape)


def bartlett(M):
    n = _window_places(M)
    return ones(1) if M == 1 else where(n <= 0, 1 + n / (M - 1), 1 - n / (M - 1))


def _cosine_window(M, *weights):
    from math import pi

    from _numpy import cos

    n = _window_places(M)
    if M == 1:
        return ones(1)
    res = weights[0]
    for k, weight in enumerate(weights[1:], 1):
        res = res + weight * cos(k * pi * n / (M - 1))
    return res


def _window_places(M):
    return arange(1 - M, M, 2) if M >= 1 else zeros(0)


def hanning(M):
    return _cosine_window(M, 0.5, 0.5)


def hamming(M):
    return _cosine_window(M, 0.54, 0.46)


def blackman(M):
    return _cosine_window(M, 0.42, 0.5, 0.08)
