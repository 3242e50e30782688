"""Elements by condition and by index.

From `_numpy`: arange, asarray, concatenate, copyto, full, integer, ndarray, result_type, zeros.
"""

from _numpy import arange, asarray, concatenate, copyto, full, integer, ndarray, result_type, zeros

from ._axes import normalize_axis_index
from ._creation import broadcast_arrays


def select(condlist, choicelist, default=0):
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    # Python's own numbers take no part in the dtype unless nothing else is there.
    choices = [one if type(one) in (int, float, complex) else asarray(one) for one in [*choicelist, default]]
    dtype = result_type(*choices)
    conditions = broadcast_arrays(*condlist)
    choices = broadcast_arrays(*choices)
    for place, one in enumerate(conditions):
        if one.dtype.kind != "b":
            raise TypeError(f"invalid entry {place} in condlist: should be boolean ndarray")
    shape = broadcast_arrays(conditions[0], choices[0])[0].shape
    result = full(shape, choices[-1], dtype)
    for place in range(len(conditions) - 1, -1, -1):
        copyto(result, choices[place], where=conditions[place])
    return result


def piecewise(x, condlist, funclist, *args, **kw):
    x = asarray(x)
    one = asarray(condlist).ndim == 0 or not isinstance(condlist[0], (list, ndarray)) and x.ndim != 0
    conditions = asarray([condlist] if one else condlist, bool)
    n = len(conditions)
    if n == len(funclist) - 1:
        conditions = concatenate((conditions, ~conditions.any(0, keepdims=True)), 0)
    elif n != len(funclist):
        raise ValueError(f"with {n} condition(s), either {n} or {n + 1} functions are expected")
    y = zeros(x.shape, x.dtype)
    for condition, func in zip(conditions, funclist):
        if callable(func):
            values = x[condition]
            if values.size > 0:
                y[condition] = func(values, *args, **kw)
        else:
            y[condition] = func
    return y


def extract(condition, arr):
    return asarray(arr).ravel().take(asarray(condition).ravel().nonzero()[0])


def place(arr, mask, vals):
    if not isinstance(arr, ndarray):
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(arr).__name__}")
    mask = asarray(mask, bool)
    if mask.size != arr.size:
        raise ValueError("place: mask and data must be the same size")
    vals = asarray(vals, arr.dtype).ravel()
    at = mask.ravel().nonzero()[0]
    if not at.size:
        return
    if not vals.size:
        raise ValueError("Cannot insert from an empty array!")
    arr.flat[at] = vals[arange(at.size) % vals.size]


def _along_axis(arr, indices, axis):
    if not issubclass(indices.dtype.type, integer):
        raise IndexError("`indices` must be an integer array")
    if arr.ndim != indices.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    at = []
    for one, length in enumerate(arr.shape):
        shape = [1] * arr.ndim
        shape[one] = -1
        at.append(indices if one == axis else arange(length).reshape(shape))
    return tuple(at)


def _with_axis(arr, indices, axis):
    if axis is not None:
        return arr, normalize_axis_index(axis, arr.ndim)
    if indices.ndim != 1:
        raise ValueError("when axis=None, `indices` must have a single dimension.")
    return arr.ravel(), 0


def take_along_axis(arr, indices, axis=-1):
    arr, axis = _with_axis(arr, indices, axis)
    return arr[_along_axis(arr, indices, axis)]


def put_along_axis(arr, indices, values, axis):
    flat, axis = _with_axis(arr, indices, axis)
    flat[_along_axis(flat, indices, axis)] = values


def ix_(*args):
    out = []
    for place, one in enumerate(args):
        if not isinstance(one, ndarray):
            one = asarray(one)
            if one.size == 0:
                one = one.astype(int)
        if one.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if one.dtype.kind == "b":
            (one,) = one.nonzero()
        out.append(one.reshape((1,) * place + (one.size,) + (1,) * (len(args) - place - 1)))
    return tuple(out)


def unravel_index(indices, shape, order="C"):
    shape = (shape,) if isinstance(shape, (int, integer)) else tuple(shape)
    at = asarray(indices)
    total = 1
    for length in shape:
        total *= length
    bad = (at < 0) | (at >= total)
    if bad.any():
        raise ValueError(f"index {at[bad].ravel()[0]} is out of bounds for array with size {total}")
    out = []
    for length in shape[::-1] if order == "C" else shape:
        out.append(at % length if at.ndim else (at % length)[()])
        at = at // length
    return tuple(out[::-1] if order == "C" else out)


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    dims = (dims,) if isinstance(dims, (int, integer)) else tuple(dims)
    if len(multi_index) != len(dims):
        raise ValueError(f"parameter multi_index must be a sequence of length {len(dims)}")
    modes = (mode,) * len(dims) if isinstance(mode, str) else mode
    places = range(len(dims)) if order == "C" else range(len(dims) - 1, -1, -1)
    flat = 0
    for place in places:
        at, length = asarray(multi_index[place]), dims[place]
        if modes[place] == "wrap":
            at = at % length
        elif modes[place] == "clip":
            at = at.clip(0, length - 1)
        elif ((at < 0) | (at >= length)).any():
            raise ValueError("invalid entry in coordinates array")
        flat = flat * length + at
    return flat
