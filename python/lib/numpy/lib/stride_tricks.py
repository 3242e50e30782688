"""Views by windows and strides. From `_numpy`: _strided(a, shape, strides), which keeps to the array's memory."""

from _numpy import _strided, asarray, broadcast_shapes, broadcast_to

from .._axes import normalize_axis_tuple
from .._creation import broadcast_arrays


def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    x = asarray(x)
    view = _strided(x, x.shape if shape is None else tuple(shape), x.strides if strides is None else tuple(strides))
    if not writeable:
        view.flags.writeable = False
    return view


def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    window = tuple(window_shape) if hasattr(window_shape, "__iter__") else (window_shape,)
    x = asarray(x)
    if any([length < 0 for length in window]):
        raise ValueError("`window_shape` cannot contain negative values")
    if axis is None:
        axes = tuple(range(x.ndim))
        if len(window) != len(axes):
            raise ValueError(
                f"Since axis is None, must provide window_shape for all dimensions of `x`; got {len(window)} "
                f"window_shape elements and `x.ndim` is {x.ndim}."
            )
    else:
        axes = normalize_axis_tuple(axis, x.ndim, allow_duplicate=True)
        if len(window) != len(axes):
            raise ValueError(
                f"Must provide matching length window_shape and axis; got {len(window)} window_shape elements and "
                f"{len(axes)} axes elements."
            )
    shape = list(x.shape)
    for ax, length in zip(axes, window):
        if shape[ax] < length:
            raise ValueError("window shape cannot be larger than input array shape")
        shape[ax] -= length - 1
    steps = x.strides + tuple([x.strides[ax] for ax in axes])
    return as_strided(x, tuple(shape) + window, steps, writeable=writeable)
