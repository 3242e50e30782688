"""The kinds of elements that NumPy names: `np.integer` and its like. The native `_numpy` says which types are of them."""

# The class of a type's elements, and its kind.
_KIND_OF = {}


class _Kind(type):
    def __subclasscheck__(cls, other):
        return type.__subclasscheck__(cls, _KIND_OF.get(other, other))

    def __instancecheck__(cls, element):
        return type.__subclasscheck__(cls, _KIND_OF.get(type(element), type(element)))


class generic(metaclass=_Kind):
    __slots__ = ()
    __module__ = "numpy"

    def __new__(cls, *args, **kwargs):
        raise TypeError(f"cannot create 'numpy.{cls.__name__}' instances")


class number(generic):
    __slots__, __module__ = (), "numpy"


class integer(number):
    __slots__, __module__ = (), "numpy"


class signedinteger(integer):
    __slots__, __module__ = (), "numpy"


class unsignedinteger(integer):
    __slots__, __module__ = (), "numpy"


class inexact(number):
    __slots__, __module__ = (), "numpy"


class floating(inexact):
    __slots__, __module__ = (), "numpy"


class complexfloating(inexact):
    __slots__, __module__ = (), "numpy"
