"""What goes over arrays element by element, and what calls a Python function for parts of arrays.

From `_numpy`: asarray, broadcast_shapes, broadcast_to, dtype, empty, ndarray, zeros.
"""

from _numpy import asarray, broadcast_shapes, broadcast_to, dtype as _dtype, empty, ndarray, zeros

from ._axes import expand_dims, normalize_axis_index


class ndindex:
    """Every index of an array of that shape, the last axis fastest."""

    def __init__(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
            shape = shape[0]
        for length in shape:
            if length < 0:
                raise ValueError("negative dimensions are not allowed")
        from itertools import product

        self._places = product(*[range(length) for length in shape])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._places)


class ndenumerate:
    """Every index of an array with its element."""

    def __init__(self, arr):
        self._a = asarray(arr)
        self._pairs = zip(ndindex(self._a.shape), self._a.flat)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._pairs)


class broadcast:
    """Several arrays gone over together, as a ufunc does."""

    def __init__(self, *args):
        arrays = [asarray(one) for one in args]
        self.shape = broadcast_shapes(*[one.shape for one in arrays])
        self.ndim = self.nd = len(self.shape)
        self.size = 1
        for length in self.shape:
            self.size *= length
        self.numiter = len(arrays)
        self._arrays = [broadcast_to(one, self.shape) for one in arrays]
        self.reset()

    @property
    def iters(self):
        return tuple([one.flat for one in self._arrays])

    def reset(self):
        self.index, self._tuples = 0, zip(*self.iters)

    def __iter__(self):
        return self

    def __next__(self):
        self.index += 1
        return next(self._tuples)


class nditer:
    """The elements of one array or of several, in C order, each as an array without axes."""

    def __init__(self, op, flags=None, op_flags=None, **unused):
        several = isinstance(op, (tuple, list)) and any([isinstance(one, ndarray) for one in op])
        self.operands = tuple([asarray(one) for one in (op if several else (op,))])
        self._single = not several
        self._writes = op_flags is not None and any(["write" in flag for flag in _flat_words(op_flags)])
        self._multi = "multi_index" in (flags or ())
        self.shape = broadcast_shapes(*[one.shape for one in self.operands])
        self.ndim = len(self.shape)
        self.itersize = 1
        for length in self.shape:
            self.itersize *= length
        self._views = [one if one.shape == self.shape else broadcast_to(one, self.shape) for one in self.operands]
        self.reset()

    def reset(self):
        self._places, self.iterindex, self._place = ndindex(self.shape), -1, None
        self.iternext()

    def iternext(self):
        self._place = next(self._places, None)
        self.iterindex += 1
        return self._place is not None

    @property
    def finished(self):
        return self._place is None

    @property
    def index(self):
        return self.iterindex

    @property
    def multi_index(self):
        if not self._multi:
            raise ValueError("Iterator is not tracking a multi-index")
        return self._place

    @property
    def value(self):
        here = [one[self._place + (...,)] for one in self._views]
        if not self._writes:
            for one in here:
                one.flags.writeable = False
        return here[0] if self._single else tuple(here)

    def __getitem__(self, which):
        value = self.value
        return (value,)[which] if self._single else value[which]

    def __setitem__(self, which, to):
        self[which][...] = to

    def __iter__(self):
        while self._place is not None:
            yield self.value
            self.iternext()

    def __len__(self):
        return self.itersize

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        return None

    def close(self):
        self._place = None


def _flat_words(words):
    for word in words:
        if isinstance(word, str):
            yield word
        else:
            yield from word


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = asarray(arr)
    axis = normalize_axis_index(axis, arr.ndim)
    order = [one for one in range(arr.ndim) if one != axis] + [axis]
    lines = arr.transpose(order)
    around = lines.shape[:-1]
    result = None
    for place in ndindex(around):
        res = asarray(func1d(lines[place + (...,)], *args, **kwargs))
        if result is None:
            result, own = zeros(around + res.shape, res.dtype), res.ndim
        result[place] = res
    if result is None:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    n = result.ndim
    axes = list(range(n))
    return result.transpose(axes[:axis] + axes[n - own :] + axes[axis : n - own])


def apply_over_axes(func, a, axes):
    val = asarray(a)
    n = val.ndim
    for axis in [axes] if asarray(axes).ndim == 0 else axes:
        axis = axis + n if axis < 0 else axis
        res = func(val, axis)
        if res.ndim != val.ndim:
            res = expand_dims(res, axis)
            if res.ndim != val.ndim:
                raise ValueError("function is not returning an array of the correct shape")
        val = res
    return val


class vectorize:
    """A function of single values that takes arrays: called for each element, so no faster than a loop."""

    def __init__(self, pyfunc=None, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        if signature is not None:
            raise NotImplementedError("vectorize has no signature= in the lab's NumPy")
        self.pyfunc, self.otypes, self.cache = pyfunc, otypes, cache
        self.excluded = set() if excluded is None else set(excluded)
        if pyfunc is not None:
            self.__name__ = getattr(pyfunc, "__name__", "vectorize")
            self.__doc__ = pyfunc.__doc__ if doc is None else doc
        if otypes is not None:
            self._types = [_dtype(one) for one in otypes]
        else:
            self._types = None

    def __call__(self, *args, **kwargs):
        if self.pyfunc is None:
            # With the options first, it is a decorator.
            return vectorize(args[0], self.otypes, None, self.excluded, self.cache)
        func = self.pyfunc
        names = [name for name in kwargs if name not in self.excluded]
        places = [place for place in range(len(args)) if place not in self.excluded]
        arrays = [asarray(args[place]) for place in places] + [asarray(kwargs[name]) for name in names]
        if not arrays:
            if not args and not kwargs:
                raise ValueError("args can not be empty")
            return func(*args, **kwargs)
        shape = broadcast_shapes(*[one.shape for one in arrays])
        columns = [(one if one.shape == shape else broadcast_to(one, shape)).ravel().tolist() for one in arrays]
        if kwargs or len(places) != len(args):
            func = self._filled(args, kwargs, places, names)
        types = self._types
        if types is None:
            if not columns[0]:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            # As NumPy does it: a call of its own for the first elements says which dtypes the results have.
            first = func(*[one.flat[0] for one in arrays])
            types = [asarray(one).dtype for one in (first if isinstance(first, tuple) else (first,))]
        results = [func(*values) for values in zip(*columns)]
        if not results:
            empties = [empty(shape, one) for one in types]
            return empties[0] if len(empties) == 1 else tuple(empties)
        several = isinstance(results[0], tuple)
        columns = list(zip(*results)) if several else [results]
        outs = []
        for column, one in zip(columns, types):
            out = empty(len(column), one)
            for place, value in enumerate(column):
                out[place] = value
            outs.append(out.reshape(shape))
        return tuple(outs) if several else outs[0]

    def _filled(self, args, kwargs, places, names):
        """The function of those arguments that vary; the others stay as they are given."""
        func, args, kwargs = self.pyfunc, list(args), dict(kwargs)

        def filled(*values):
            for place, value in zip(places, values):
                args[place] = value
            kwargs.update(zip(names, values[len(places) :]))
            return func(*args, **kwargs)

        return filled
