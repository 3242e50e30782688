"""Arrays that are written as indices: `mgrid[0:5, 0:3]`, `r_[1:4, 0]`, `s_[::2]`.

From `_numpy`: arange, array, asarray, concatenate, empty, generic, result_type.
"""

from math import ceil

from _numpy import arange, array, asarray, concatenate, empty, generic, result_type

from ._creation import linspace


def _spaced(part, dtype=None):
    """What one slice says: a complex step is how many numbers there are, the last one included."""
    start = 0 if part.start is None else part.start
    step = 1 if part.step is None else part.step
    if not isinstance(step, complex):
        if dtype is None:
            return arange(start, part.stop, step)
        return arange(0, ceil((part.stop - start) / step), dtype=dtype) * step + start
    n = int(abs(step))
    if dtype is None:
        dtype = result_type(start, part.stop, abs(step))
    step = (part.stop - start) / float(n - 1) if n != 1 else 1
    return arange(0, n, dtype=dtype) * step + start


class nd_grid:
    """The places of a grid along each axis."""

    def __init__(self, sparse=False):
        self.sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _spaced(key)
        numbers = [0]
        for part in key:
            step = 1 if part.step is None else part.step
            numbers += [0 if part.start is None else part.start, part.stop, abs(step) if step.imag else step]
        dtype = result_type(*numbers)
        lines = []
        for axis, part in enumerate(key):
            shape = [1] * len(key)
            shape[axis] = -1
            lines.append(_spaced(part, dtype).reshape(shape))
        if self.sparse:
            return tuple(lines)
        res = empty([len(lines)] + [line.size for line in lines], dtype)
        for axis, line in enumerate(lines):
            res[axis] = line
        return res


mgrid, ogrid = nd_grid(), nd_grid(True)


class AxisConcatenator:
    """Joins what stands between the brackets along an axis."""

    def __init__(self, axis=0, ndmin=1, trans1d=-1):
        self._told = axis, ndmin, trans1d

    def __getitem__(self, key):
        axis, ndmin, trans1d = self._told
        parts, types = [], []
        for place, item in enumerate(key if isinstance(key, tuple) else (key,)):
            if isinstance(item, str):
                if place:
                    raise ValueError("special directives must be the first entry.")
                axis, ndmin, trans1d = _directive(item, axis, ndmin, trans1d)
                continue
            if isinstance(item, slice):
                if isinstance(item.step, complex):
                    part = linspace(item.start or 0, item.stop, int(abs(item.step)))
                else:
                    part = _spaced(item)
                if ndmin > 1:
                    part = array(part, ndmin=ndmin)
                    if trans1d != -1:
                        part = part.swapaxes(-1, trans1d)
            elif isinstance(item, (int, float, complex, generic)):
                part = item
            else:
                n = asarray(item).ndim
                part = array(item, ndmin=ndmin)
                if trans1d != -1 and n < ndmin:
                    part = part.transpose(_placed(ndmin, n, trans1d))
            parts.append(part)
            types.append(part.dtype if hasattr(part, "ndim") and not isinstance(part, generic) else part)
        if types:
            dtype = result_type(*types)
            parts = [array(part, dtype, ndmin=ndmin) for part in parts]
        return concatenate(parts, axis)

    def __len__(self):
        return 0


def _placed(ndmin, n, trans1d):
    """The order in which the array's own axes come where the directive wants them."""
    new = ndmin - n
    start = trans1d + new + 1 if trans1d < 0 else trans1d
    axes = list(range(ndmin))
    return axes[:start] + axes[new:] + axes[start:new]


def _directive(item, axis, ndmin, trans1d):
    if item in ("r", "c"):
        raise NotImplementedError("the lab's NumPy has no matrix")
    try:
        numbers = [int(one) for one in item.split(",")]
    except ValueError:
        said = f"unknown special directive {item!r}" if "," in item else "unknown special directive"
        raise ValueError(said) from None
    return tuple(numbers[:3] + [axis, ndmin, trans1d][len(numbers) :])


r_, c_ = AxisConcatenator(), AxisConcatenator(-1, 2, 0)


class IndexExpression:
    """Gives the index that stands between the brackets."""

    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


index_exp, s_ = IndexExpression(True), IndexExpression(False)
