"""`pad`: an array with a margin.

From `_numpy`: arange, asarray, broadcast_to, empty, where.
"""

from _numpy import arange, asarray, broadcast_to, empty, where

from ._creation import linspace

_OPTIONS = {
    "empty": (),
    "edge": (),
    "wrap": (),
    "constant": ("constant_values",),
    "linear_ramp": ("end_values",),
    "maximum": ("stat_length",),
    "mean": ("stat_length",),
    "median": ("stat_length",),
    "minimum": ("stat_length",),
    "reflect": ("reflect_type",),
    "symmetric": ("reflect_type",),
}


def _kind(x):
    """What sort of numbers they are, if they are any."""
    try:
        return asarray(x).dtype.kind
    except (TypeError, ValueError):
        return None


def _pairs(x, ndim, counts=False):
    """What is said of one side, of both or of each axis, as a pair for each axis."""
    if x is None:
        return [(None, None)] * ndim
    x = asarray(x)
    if counts:
        x = x.round().astype(int, copy=False)
        if x.size and x.min() < 0:
            raise ValueError("index can't contain negative values")
    if x.ndim < 3 and (x.size == 1 or x.size == 2 and x.shape != (2, 1)):
        return [(x.ravel()[0], x.ravel()[-1])] * ndim
    return broadcast_to(x, (ndim, 2)).tolist()


def _statistic(mode, chunk, axis):
    if mode == "median":
        from ._statistics import median

        return median(chunk, axis, keepdims=True)
    if mode == "mean":
        return chunk.mean(axis, keepdims=True)
    return chunk.max(axis, keepdims=True) if mode == "maximum" else chunk.min(axis, keepdims=True)


def _stat_sides(mode, a, axis, lengths):
    n = a.shape[axis]
    before = (slice(None),) * axis
    sides = []
    for side, length in enumerate(lengths):
        length = n if length is None else min(length, n)
        if length == 0 and mode in ("maximum", "minimum"):
            raise ValueError("stat_length of 0 yields no value for padding")
        stat = _statistic(mode, a[before + (slice(n - length, n) if side else slice(length),)], axis)
        sides.append(stat.round() if a.dtype.kind in "ui" and stat.dtype.kind == "f" else stat)
    return sides


def _reflected(a, axis, left, right, mode, odd):
    """Goes back and forth over the axis: by index, where the same elements come again."""
    n = a.shape[axis]
    before = (slice(None),) * axis
    if n == 1 and mode == "reflect":
        return a[before + ([0] * (left + 1 + right),)]
    at = arange(-left, n + right)
    period = 2 * n if mode == "symmetric" else 2 * n - 2
    inside = at % period
    last = period - 1 if mode == "symmetric" else period
    taken = a[before + (where(inside < n, inside, last - inside),)]
    if not odd:
        return taken
    # An odd reflection is at the edge's value, once more beyond every edge that is crossed.
    shape = [1] * a.ndim
    shape[axis] = -1
    first, end = a[before + (slice(0, 1),)], a[before + (slice(-1, None),)]
    crossed = (at // (period // 2)).reshape(shape)
    if mode == "symmetric":
        crossed = (at // n).reshape(shape)
    mirrored = (crossed % 2 == 1)
    rounds = crossed // 2
    moved = 2 * rounds * (end - first)
    return where(mirrored, 2 * end - taken, taken) + moved


def pad(array, pad_width, mode="constant", **kwargs):
    a = asarray(array)
    if isinstance(pad_width, dict):
        widths = [(0, 0)] * a.ndim
        for axis, width in pad_width.items():
            widths[axis] = (width, width) if isinstance(width, int) else width
        pad_width = widths
    if _kind(pad_width) != "i":
        raise TypeError("`pad_width` must be of integral type.")
    widths = _pairs(pad_width, a.ndim, True)
    if callable(mode):
        return _padded_by_function(a, widths, mode, kwargs)
    if mode not in _OPTIONS:
        raise ValueError(f"mode '{mode}' is not supported")
    unknown = set(kwargs) - set(_OPTIONS[mode])
    if unknown:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")
    if a.size == 0 and mode not in ("constant", "empty"):
        for axis, width in enumerate(widths):
            if a.shape[axis] == 0 and any(width):
                raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
    values = _pairs(kwargs.get("constant_values", kwargs.get("end_values", 0)), a.ndim)
    lengths = _pairs(kwargs.get("stat_length"), a.ndim, True)
    odd = kwargs.get("reflect_type", "even") == "odd"
    for axis, (left, right) in enumerate(widths):
        n = a.shape[axis]
        before = (slice(None),) * axis
        if mode in ("wrap", "edge", "reflect", "symmetric"):
            if not left and not right or not a.size:
                a = _framed(a, axis, left, right)
            elif mode == "wrap":
                a = a[before + (arange(-left, n + right) % n,)]
            elif mode == "edge":
                a = a[before + (arange(-left, n + right).clip(0, n - 1),)]
            else:
                a = _reflected(a, axis, left, right, mode, odd)
            continue
        framed = _framed(a, axis, left, right)
        if mode in ("maximum", "minimum", "mean", "median") and a.size:
            low, high = _stat_sides(mode, a, axis, lengths[axis])
        elif mode == "linear_ramp" and a.size:
            low, high = _ramps(a, axis, left, right, values[axis])
        else:
            low, high = (0, 0) if mode == "empty" or a.size == 0 and mode != "constant" else values[axis]
        framed[before + (slice(left),)] = low
        framed[before + (slice(left + n, None),)] = high
        a = framed
    return a if a.base is None and a is not array else a.copy()


def _framed(a, axis, left, right):
    shape = list(a.shape)
    n = shape[axis]
    shape[axis] += left + right
    framed = empty(shape, a.dtype)
    framed[(slice(None),) * axis + (slice(left, left + n),)] = a
    return framed


def _ramps(a, axis, left, right, ends):
    before = (slice(None),) * axis
    low = linspace(ends[0], a[before + (0,)], left, False, dtype=a.dtype, axis=axis)
    high = linspace(ends[1], a[before + (-1,)], right, False, dtype=a.dtype, axis=axis)
    return low, high[before + (slice(None, None, -1),)]


def _padded_by_function(a, widths, function, options):
    from ._axes import moveaxis
    from ._iteration import ndindex

    for axis, (left, right) in enumerate(widths):
        framed = _framed(a, axis, left, right)
        before = (slice(None),) * axis
        framed[before + (slice(left),)] = 0
        framed[before + (slice(left + a.shape[axis], None),)] = 0
        a = framed
    for axis in range(a.ndim):
        lines = moveaxis(a, axis, -1)
        for place in ndindex(lines.shape[:-1]):
            function(lines[place + (...,)], tuple(widths[axis]), axis, options)
    return a
