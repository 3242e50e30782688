"""Axes by number, and what puts an array's axes and elements in another order.

From `_numpy`: asarray, empty, ndarray.
"""

from operator import index

from _numpy import asarray, empty, ndarray

from .exceptions import AxisError


def normalize_axis_index(axis, ndim, msg_prefix=None):
    """The axis counted from the front; AxisError where there is none such."""
    axis = index(axis)
    if -ndim <= axis < ndim:
        return axis + ndim if axis < 0 else axis
    raise AxisError(axis, ndim, msg_prefix)


def normalize_axis_tuple(axis, ndim, argname=None, allow_duplicate=False):
    """One axis or several as a tuple of axes counted from the front."""
    if not isinstance(axis, (tuple, list)):
        try:
            axis = (index(axis),)
        except TypeError:
            pass
    axes = tuple([normalize_axis_index(one, ndim, argname) for one in axis])
    if not allow_duplicate and len(set(axes)) != len(axes):
        raise ValueError(f"repeated axis in `{argname}` argument" if argname else "repeated axis")
    return axes


def transpose(a, axes=None):
    return asarray(a).transpose(axes)


permute_dims = transpose


def matrix_transpose(x, /):
    x = asarray(x)
    if x.ndim < 2:
        raise ValueError(f"Input array must be at least 2-dimensional, but it is {x.ndim}")
    return x.swapaxes(-1, -2)


def swapaxes(a, axis1, axis2):
    return asarray(a).swapaxes(axis1, axis2)


def squeeze(a, axis=None):
    return (a if hasattr(a, "squeeze") else asarray(a)).squeeze(axis)


def expand_dims(a, axis):
    a = asarray(a)
    if not isinstance(axis, (tuple, list)):
        axis = (axis,)
    ndim = a.ndim + len(axis)
    new = normalize_axis_tuple(axis, ndim)
    old = iter(a.shape)
    return a.reshape([1 if one in new else next(old) for one in range(ndim)])


def moveaxis(a, source, destination):
    a = asarray(a)
    source = normalize_axis_tuple(source, a.ndim, "source")
    destination = normalize_axis_tuple(destination, a.ndim, "destination")
    if len(source) != len(destination):
        raise ValueError("`source` and `destination` arguments must have the same number of elements")
    order = [axis for axis in range(a.ndim) if axis not in source]
    for place, axis in sorted(zip(destination, source)):
        order.insert(place, axis)
    return a.transpose(order)


def rollaxis(a, axis, start=0):
    a = asarray(a)
    n = a.ndim
    axis = normalize_axis_index(axis, n)
    if start < 0:
        start += n
    if not 0 <= start <= n:
        raise AxisError(f"'start' arg requires {-n} <= start < {n + 1}, but {start} was passed in")
    if axis < start:
        start -= 1
    order = list(range(n))
    order.insert(start, order.pop(axis))
    return a.transpose(order)


def flip(m, axis=None):
    m = asarray(m)
    whole, backwards = slice(None), slice(None, None, -1)
    axes = range(m.ndim) if axis is None else normalize_axis_tuple(axis, m.ndim)
    return m[tuple([backwards if one in axes else whole for one in range(m.ndim)])]


def fliplr(m):
    m = asarray(m)
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return m[:, ::-1]


def flipud(m):
    m = asarray(m)
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d.")
    return m[::-1]


def rot90(m, k=1, axes=(0, 1)):
    axes = tuple(axes)
    if len(axes) != 2:
        raise ValueError("len(axes) must be 2.")
    m = asarray(m)
    first, second = axes
    n = m.ndim
    if first == second or abs(first - second) == n:
        raise ValueError("Axes must be different.")
    if not (-n <= first < n and -n <= second < n):
        raise ValueError(f"Axes={axes} out of range for array of ndim={n}.")
    k = index(k) % 4
    if k == 0:
        return m[:]
    if k == 2:
        return flip(m, axes)
    return flip(m, second).swapaxes(first, second) if k == 1 else flip(m.swapaxes(first, second), second)


def roll(a, shift, axis=None):
    a = asarray(a)
    if axis is None:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    axes = normalize_axis_tuple(axis, a.ndim, None, True)
    shifts = asarray(shift)
    if shifts.ndim > 1:
        raise ValueError("'shift' and 'axis' should be scalars or 1D sequences")
    shifts = shifts.ravel().tolist()
    if len(shifts) != len(axes):
        if len(shifts) == 1:
            shifts *= len(axes)
        elif len(axes) == 1:
            axes *= len(shifts)
        else:
            raise ValueError(
                "shape mismatch: objects cannot be broadcast to a single shape.  "
                f"Mismatch is between arg 0 with shape ({len(shifts)},) and arg 1 with shape ({len(axes)},)."
            )
    total, moved = {}, False
    for by, one in zip(shifts, axes):
        total[one] = total.get(one, 0) + int(by)
    for one, by in total.items():
        by %= a.shape[one] or 1
        if by:
            result = empty(a.shape, a.dtype)
            before = (slice(None),) * one
            result[before + (slice(by, None),)] = a[before + (slice(None, -by),)]
            result[before + (slice(None, by),)] = a[before + (slice(-by, None),)]
            a, moved = result, True
    return a if moved else a.copy()


def atleast_1d(*arys):
    res = [_with_ndim(a, 1) for a in arys]
    return res[0] if len(res) == 1 else tuple(res)


def atleast_2d(*arys):
    res = [_with_ndim(a, 2) for a in arys]
    return res[0] if len(res) == 1 else tuple(res)


def atleast_3d(*arys):
    res = [_with_ndim(a, 3) for a in arys]
    return res[0] if len(res) == 1 else tuple(res)


def _with_ndim(a, least):
    if type(a) is not ndarray:
        a = asarray(a)
    n = a.ndim
    if n >= least:
        return a
    if n == 0:
        return a.reshape((1,) * least)
    if least == 2:
        return a[None, :]
    return a[None, :, None] if n == 1 else a[:, :, None]
