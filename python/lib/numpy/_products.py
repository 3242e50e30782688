"""Products of arrays.

From `_numpy`: array, asarray, broadcast_shapes, dot, empty, matmul, multiply, promote_types.
"""

from math import prod

from _numpy import array, asarray, broadcast_shapes, dot, empty, matmul, multiply, promote_types

from ._axes import moveaxis, normalize_axis_index


def outer(a, b, out=None):
    return multiply(asarray(a).ravel()[:, None], asarray(b).ravel()[None, :], out)


def tensordot(a, b, axes=2):
    try:
        axes_a, axes_b = axes
    except TypeError:
        axes_a, axes_b = list(range(-axes, 0)), list(range(axes))
    axes_a = list(axes_a) if hasattr(axes_a, "__iter__") else [axes_a]
    axes_b = list(axes_b) if hasattr(axes_b, "__iter__") else [axes_b]
    if len(set(axes_a)) != len(axes_a) or len(set(axes_b)) != len(axes_b):
        raise ValueError("duplicate axes are not allowed in tensordot")
    a, b = asarray(a), asarray(b)
    if len(axes_a) != len(axes_b) or any([a.shape[i] != b.shape[k] for i, k in zip(axes_a, axes_b)]):
        raise ValueError("shape-mismatch for sum")
    axes_a = [one + a.ndim if one < 0 else one for one in axes_a]
    axes_b = [one + b.ndim if one < 0 else one for one in axes_b]
    rest_a = [one for one in range(a.ndim) if one not in axes_a]
    rest_b = [one for one in range(b.ndim) if one not in axes_b]
    shape_a, shape_b = [a.shape[one] for one in rest_a], [b.shape[one] for one in rest_b]
    summed = prod([a.shape[one] for one in axes_a])
    rows = a.transpose(rest_a + axes_a).reshape(prod(shape_a), summed)
    columns = b.transpose(axes_b + rest_b).reshape(summed, prod(shape_b))
    return dot(rows, columns).reshape(shape_a + shape_b)


def kron(a, b):
    a, b = asarray(a), asarray(b)
    if a.ndim == 0 or b.ndim == 0:
        return multiply(a, b)
    n = max(a.ndim, b.ndim)
    a, b = array(a, ndmin=n), array(b, ndmin=n)
    wide_a, wide_b, result = [], [], []
    for i, k in zip(a.shape, b.shape):
        wide_a += (i, 1)
        wide_b += (1, k)
        result.append(i * k)
    return multiply(a.reshape(wide_a), b.reshape(wide_b)).reshape(result)


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = asarray(a), asarray(b)
    if a.ndim < 1 or b.ndim < 1:
        raise ValueError("At least one array has zero dimension")
    a = moveaxis(a, normalize_axis_index(axisa, a.ndim, "axisa"), -1)
    b = moveaxis(b, normalize_axis_index(axisb, b.ndim, "axisb"), -1)
    if a.shape[-1] != 3 or b.shape[-1] != 3:
        raise ValueError(
            "Both input arrays must be (arrays of) 3-dimensional vectors, "
            f"but they are {a.shape[-1]} and {b.shape[-1]} dimensional instead."
        )
    shape = broadcast_shapes(a.shape, b.shape)
    axisc = normalize_axis_index(axisc, len(shape), "axisc")
    dtype = promote_types(a.dtype, b.dtype)
    a, b, c = a.astype(dtype), b.astype(dtype), empty(shape, dtype)
    for one, (i, k) in enumerate(((1, 2), (2, 0), (0, 1))):
        c[..., one] = a[..., i] * b[..., k] - a[..., k] * b[..., i]
    return moveaxis(c, -1, axisc)


def vecdot(x1, x2, /, *, axis=-1):
    x1, x2 = moveaxis(x1, axis, -1), moveaxis(x2, axis, -1)
    return matmul(x1.conj()[..., None, :], x2[..., :, None])[..., 0, 0]


def matvec(x1, x2, /):
    return matmul(x1, asarray(x2)[..., None])[..., 0]


def vecmat(x1, x2, /):
    return matmul(asarray(x1).conj()[..., None, :], x2)[..., 0, :]
