"""How many values are in which bin.

From `_numpy`: asarray, bincount, ceil, concatenate, isfinite, log2, result_type, sqrt, uint8, zeros.
"""

from math import pi
from operator import index

from _numpy import asarray, bincount, ceil, concatenate, isfinite, log2, result_type, sqrt, uint8, zeros

from ._calculus import diff
from ._choosing import ravel_multi_index
from ._creation import linspace
from ._statistics import percentile

# `range` is an argument's name here.
_numbers = range


def _fd(x):
    high, low = percentile(x, [75, 25])
    return 2.0 * (high - low) * x.size ** (-1.0 / 3.0)


def _scott(x):
    return (24.0 * pi**0.5 / x.size) ** (1.0 / 3.0) * x.std()


def _doane(x):
    if x.size <= 2:
        return 0.0
    sigma = x.std()
    if not sigma > 0.0:
        return 0.0
    spread = sqrt(6.0 * (x.size - 2) / ((x.size + 1.0) * (x.size + 3)))
    skew = (((x - x.mean()) / sigma) ** 3).mean()
    return _range_of(x) / (1.0 + log2(x.size) + log2(1.0 + abs(skew) / spread))


def _sqrt(x):
    return _range_of(x) / sqrt(x.size)


def _sturges(x):
    return _range_of(x) / (log2(x.size) + 1.0)


def _auto(x):
    return min(max(_fd(x), _sqrt(x) / 2), _sturges(x))


def _rice(x):
    return _range_of(x) / (2.0 * x.size ** (1.0 / 3))


_WIDTHS = {
    "auto": _auto, "doane": _doane, "fd": _fd, "rice": _rice, "scott": _scott, "sqrt": _sqrt, "sturges": _sturges,
}


def _range_of(x):
    return x.max() - x.min()


def _outer_edges(a, range):
    if range is not None:
        first, last = range
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        if not (isfinite(first) and isfinite(last)):
            raise ValueError(f"supplied range of [{first}, {last}] is not finite")
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = a.min(), a.max()
        if not (isfinite(first) and isfinite(last)):
            raise ValueError(f"autodetected range of [{first}, {last}] is not finite")
    return (first - 0.5, last + 0.5) if first == last else (first, last)


def _edges(a, bins, range, weights):
    """The edges, and where all bins are equally wide, the ends and their number."""
    if isinstance(bins, str):
        if bins not in _WIDTHS:
            raise ValueError(f"{bins!r} is not a valid estimator for `bins`")
        if weights is not None:
            raise TypeError("Automated estimation of the number of bins is not supported for weighted data")
        first, last = _outer_edges(a, range)
        if range is not None:
            a = a[(a >= first) & (a <= last)]
        width = _WIDTHS[bins](a) if a.size else 0
        if width and a.dtype.kind in "iu" and width < 1:
            width = 1
        count = int(ceil((last - first) / width)) if width else 1
    elif asarray(bins).ndim == 0:
        try:
            count = index(bins)
        except TypeError:
            raise TypeError("`bins` must be an integer, a string, or an array") from None
        if count < 1:
            raise ValueError("`bins` must be positive, when an integer")
        first, last = _outer_edges(a, range)
    else:
        edges = asarray(bins)
        if edges.ndim != 1:
            raise ValueError("`bins` must be 1d, when an array")
        if (edges[:-1] > edges[1:]).any():
            raise ValueError("`bins` must increase monotonically, when an array")
        return edges, None
    dtype = result_type(first, last, a)
    if dtype.kind in "iu":
        dtype = result_type(dtype, float)
    edges = linspace(first, last, count + 1, dtype=dtype)
    if (edges[:-1] >= edges[1:]).any():
        raise ValueError(f"Too many bins for data range. Cannot create {count} finite-sized bins.")
    return edges, (first, last, count)


def _flat(a, weights):
    a = asarray(a)
    if a.dtype.kind == "b":
        import warnings

        said = f"Converting input from {a.dtype} to {uint8} for compatibility."
        warnings.warn(said, RuntimeWarning, stacklevel=3)
        a = a.astype(uint8)
    if weights is not None:
        weights = asarray(weights)
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
        weights = weights.ravel()
    return a.ravel(), weights


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    a, weights = _flat(a, weights)
    return _edges(a, bins, range, weights)[0]


def histogram(a, bins=10, range=None, density=None, weights=None):
    a, weights = _flat(a, weights)
    edges, even = _edges(a, bins, range, weights)
    count = _count_even(a, weights, edges, *even) if even else _count_sorted(a, weights, edges)
    if density:
        return count / asarray(diff(edges), float) / count.sum(), edges
    return count, edges


def _count_even(a, weights, edges, first, last, bins):
    dtype = asarray(0).dtype if weights is None else weights.dtype
    keep = (a >= first) & (a <= last)
    if not keep.all():
        a = a[keep]
        weights = None if weights is None else weights[keep]
    a = a.astype(edges.dtype, copy=False)
    at = ((a - first) / (last - first) * bins).astype(int)
    at[at == bins] -= 1
    # The quotient may be rounded across an edge: the edges themselves decide.
    at[a < edges[at]] -= 1
    at[(a >= edges[at + 1]) & (at != bins - 1)] += 1
    if dtype.kind == "c":
        return bincount(at, weights.real, bins) + 1j * bincount(at, weights.imag, bins)
    return bincount(at, weights, bins).astype(dtype, copy=False)


def _count_sorted(a, weights, edges):
    if weights is None:
        a = a.copy()
        a.sort()
        return diff(_places(a, edges))
    order = a.argsort()
    sums = concatenate((zeros(1, weights.dtype), weights[order].cumsum()))
    return diff(sums[_places(a[order], edges)]).astype(weights.dtype, copy=False)


def _places(a, edges):
    """Before the first of each edge's values; behind those of the last, which belong to the last bin."""
    return concatenate((a.searchsorted(edges[:-1], "left"), a.searchsorted(edges[-1:], "right")))


def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    if hasattr(sample, "shape") and len(sample.shape) == 2:
        columns = [sample[:, one] for one in _numbers(sample.shape[1])]
    else:
        columns = [asarray(one) for one in sample]
        if columns and columns[0].ndim == 0:
            columns = [asarray(sample)]
    n = len(columns)
    try:
        if len(bins) != n:
            raise ValueError("The dimension of bins must be equal to the dimension of the sample x.")
    except TypeError:
        bins = n * [bins]
    if range is None:
        range = [None] * n
    elif len(range) != n:
        raise ValueError("range argument must have one entry per dimension")
    edges = [_edges_of(place, columns[place], bins[place], range[place]) for place in _numbers(n)]
    at, lengths = [], []
    for values, one in zip(columns, edges):
        place = one.searchsorted(values, "right")
        # What is on the last edge belongs to the last bin.
        place[values == one[-1]] -= 1
        at.append(place)
        lengths.append(len(one) + 1)
    total = 1
    for length in lengths:
        total *= length
    weights = None if weights is None else asarray(weights)
    hist = bincount(ravel_multi_index(at, lengths), weights, total).reshape(lengths).astype(float)
    hist = hist[(slice(1, -1),) * n]
    if density:
        whole = hist.sum()
        for axis, one in enumerate(edges):
            shape = [1] * n
            shape[axis] = -1
            hist = hist / diff(one).reshape(shape)
        hist /= whole
    return hist, edges


def _edges_of(place, values, bins, range):
    if asarray(bins).ndim == 0:
        if bins < 1:
            raise ValueError(f"`bins[{place}]` must be positive, when an integer")
        first, last = _outer_edges(values, range)
        try:
            count = index(bins)
        except TypeError:
            raise TypeError(f"`bins[{place}]` must be an integer, when a scalar") from None
        return linspace(first, last, count + 1)
    edges = asarray(bins)
    if edges.ndim != 1:
        raise ValueError(f"`bins[{place}]` must be a scalar or 1d array")
    if (edges[:-1] > edges[1:]).any():
        raise ValueError(f"`bins[{place}]` must be monotonically increasing, when an array")
    return edges


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    if hasattr(bins, "__len__") and len(bins) not in (1, 2):
        bins = [asarray(bins)] * 2
    hist, edges = histogramdd([x, y], bins, range, density, weights)
    return hist, edges[0], edges[1]
