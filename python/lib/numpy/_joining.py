"""Arrays joined, split, lengthened and shortened.

From `_numpy`: arange, array, asarray, concatenate, empty, ones.
"""

from operator import index

from _numpy import arange, array, asarray, concatenate, empty, ones

from ._axes import _with_ndim, moveaxis, normalize_axis_index, normalize_axis_tuple


def _sequence(arrays):
    if not hasattr(arrays, "__getitem__"):
        raise TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.')
    return arrays


def vstack(tup, *, dtype=None, casting="same_kind"):
    return concatenate([_with_ndim(a, 2) for a in _sequence(tup)], 0, dtype=dtype, casting=casting)


def hstack(tup, *, dtype=None, casting="same_kind"):
    arrays = [_with_ndim(a, 1) for a in _sequence(tup)]
    axis = 0 if arrays and arrays[0].ndim == 1 else 1
    return concatenate(arrays, axis, dtype=dtype, casting=casting)


def dstack(tup):
    return concatenate([_with_ndim(a, 3) for a in _sequence(tup)], 2)


def unstack(x, /, *, axis=0):
    if x.ndim == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(moveaxis(x, axis, 0))


def array_split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    total = ary.shape[axis]
    try:
        ends = [*indices_or_sections, total]
    except TypeError:
        sections = int(indices_or_sections)
        if sections <= 0:
            raise ValueError("number sections must be larger than 0.") from None
        each, extras = divmod(total, sections)
        ends = [each * (n + 1) + min(n + 1, extras) for n in range(sections)]
    before = (slice(None),) * normalize_axis_index(axis, ary.ndim)
    parts, start = [], 0
    for end in ends:
        parts.append(ary[before + (slice(start, end),)])
        start = end
    return parts


def split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    if not hasattr(indices_or_sections, "__len__") and ary.shape[axis] % indices_or_sections:
        raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def _split_along(name, least, ary, indices_or_sections, axis):
    ary = asarray(ary)
    if ary.ndim < least:
        raise ValueError(f"{name} only works on arrays of {least} or more dimensions")
    return split(ary, indices_or_sections, axis if ary.ndim > 1 else 0)


def hsplit(ary, indices_or_sections):
    return _split_along("hsplit", 1, ary, indices_or_sections, 1)


def vsplit(ary, indices_or_sections):
    return _split_along("vsplit", 2, ary, indices_or_sections, 0)


def dsplit(ary, indices_or_sections):
    return _split_along("dsplit", 3, ary, indices_or_sections, 2)


def _where_in_block(path):
    return "arrays" + "".join([f"[{place}]" for place in path if place is not None])


def _block_depths(arrays, path):
    """The way to the first of the innermost lists, and the most dimensions of any array."""
    if isinstance(arrays, tuple):
        raise TypeError(
            f"{_where_in_block(path)} is a tuple. Only lists can be used to arrange blocks, and np.block does not "
            "allow implicit conversion from tuple to ndarray."
        )
    if not isinstance(arrays, list):
        return path, asarray(arrays).ndim
    if not arrays:
        return path + [None], 0
    first = None
    for place, one in enumerate(arrays):
        way, ndim = _block_depths(one, path + [place])
        if first is None:
            first, most = way, ndim
            continue
        most = max(most, ndim)
        if len(way) != len(first):
            raise ValueError(
                f"List depths are mismatched. First element was at depth {len(first)}, but there is an element at "
                f"depth {len(way)} ({_where_in_block(way)})"
            )
        if way[-1] is None:
            first = way
    return first, most


def block(arrays):
    way, ndim = _block_depths(arrays, [])
    if way and way[-1] is None:
        raise ValueError(f"List at {_where_in_block(way)} cannot be empty")
    depth = len(way)
    ndim = max(ndim, depth)

    def joined(part, left):
        if left == 0:
            return array(part, ndmin=ndim)
        return concatenate([joined(one, left - 1) for one in part], -left)

    return joined(arrays, depth)


def append(arr, values, axis=None):
    if axis is None:
        return concatenate((asarray(arr).ravel(), asarray(values).ravel()))
    return concatenate((asarray(arr), asarray(values)), axis)


def _along(arr, axis):
    """The array and its axis: the flat array where no axis is named; an index that goes before the axis's own."""
    arr = asarray(arr)
    if axis is None:
        return arr.ravel(), 0, ()
    axis = normalize_axis_index(axis, arr.ndim)
    return arr, axis, (slice(None),) * axis


def delete(arr, obj, axis=None):
    arr, axis, before = _along(arr, axis)
    n = arr.shape[axis]
    keep = ones(n, bool)
    if isinstance(obj, slice):
        keep[obj] = False
        return arr[before + (keep,)]
    given = obj
    obj = asarray(obj)
    if obj.dtype.kind == "b" and not isinstance(given, bool):
        if obj.shape != (n,):
            raise ValueError(
                f"boolean array argument obj to delete must be one dimensional and match the axis length of {n}"
            )
        return arr[before + (~obj,)]
    if obj.size == 0 and isinstance(given, (list, tuple)):
        obj = obj.astype(int)
    if obj.size == 1 and obj.dtype.kind in "ui":
        place = obj.item()
        if not -n <= place < n:
            raise IndexError(f"index {place} is out of bounds for axis {axis} with size {n}")
        keep[place] = False
    else:
        keep[(obj,)] = False
    return arr[before + (keep,)]


def insert(arr, obj, values, axis=None):
    arr, axis, before = _along(arr, axis)
    n = arr.shape[axis]
    given = obj
    if isinstance(obj, slice):
        places = arange(*obj.indices(n))
    else:
        places = array(obj)
        if places.dtype.kind == "b":
            if places.ndim != 1:
                raise ValueError("boolean array argument obj to insert must be one dimensional")
            places = places.nonzero()[0]
        elif places.ndim > 1:
            raise ValueError("index array argument obj to insert must be one dimensional or scalar")
    shape = list(arr.shape)
    if places.size == 1:
        place = places.item()
        if not -n <= place <= n:
            raise IndexError(f"index {given} is out of bounds for axis {axis} with size {n}")
        place = index(place + n if place < 0 else place)
        values = array(values, arr.dtype, ndmin=arr.ndim)
        if places.ndim == 0:
            # One place takes values as an assignment to one index does: their first axis goes along the axis.
            values = moveaxis(values, 0, axis)
        shape[axis] = count = values.shape[axis]
        new = empty(shape[:axis] + [n + count] + shape[axis + 1 :], arr.dtype)
        new[before + (slice(None, place),)] = arr[before + (slice(None, place),)]
        new[before + (slice(place, place + count),)] = values
        new[before + (slice(place + count, None),)] = arr[before + (slice(place, None),)]
        return new
    if places.size == 0 and isinstance(given, (list, tuple)):
        places = places.astype(int)
    places[places < 0] += n
    count = len(places)
    # The k-th in order comes behind the k that were inserted before it.
    places[places.argsort(kind="stable")] += arange(count)
    shape[axis] = n + count
    old = ones(shape[axis], bool)
    old[places] = False
    new = empty(shape, arr.dtype)
    new[before + (places,)] = values
    new[before + (old,)] = arr
    return new


def trim_zeros(filt, trim="fb", axis=None):
    arr = asarray(filt)
    trim = trim.lower()
    if trim not in ("fb", "bf", "f", "b"):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = range(arr.ndim) if axis is None else normalize_axis_tuple(axis, arr.ndim, "axis")
    found = arr.nonzero()
    cut = []
    for one in range(arr.ndim):
        if one not in axes:
            cut.append(slice(None))
        elif not found[0].size:
            cut.append(slice(0, 0))
        else:
            start = int(found[one].min()) if "f" in trim else None
            cut.append(slice(start, int(found[one].max()) + 1 if "b" in trim else None))
    return filt[cut[0]] if len(cut) == 1 else filt[tuple(cut)]
