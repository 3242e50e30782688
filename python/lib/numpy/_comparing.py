"""Whether values are equal, near, real or scalar.

From `_numpy`: array, asarray, broadcast_shapes, complexfloating, copyto, dtype, generic, inexact, isfinite, isinf,
isnan, less_equal, logical_and, result_type, signbit, zeros.
"""

from _numpy import (
    array, asarray, broadcast_shapes, complexfloating, copyto, dtype as _dtype, generic, inexact, isfinite, isinf,
    isnan, less_equal, logical_and, result_type, signbit, zeros,
)

from ._limits import finfo
from ._printing import errstate, geterr


def _number_or_array(x):
    return x if isinstance(x, (int, float, complex)) else asarray(x)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    x, y, rtol, atol = [_number_or_array(one) for one in (a, b, rtol, atol)]
    if not isinstance(y, (int, float, complex)) or isinstance(y, generic):
        y = asarray(y, result_type(y, 1.0))
    elif isinstance(y, int):
        y = float(y)
    if not (isfinite(atol).all() and isfinite(rtol).all()):
        _warn_of_tolerance(f"One of rtol or atol is not valid, atol: {atol}, rtol: {rtol}")
    with errstate(invalid="ignore"):
        result = less_equal(abs(x - y), atol + rtol * abs(y)) & isfinite(y) | (x == y)
        if equal_nan:
            result |= isnan(x) & isnan(y)
    return result[()]


def _warn_of_tolerance(said):
    what = geterr()["invalid"]
    if what == "warn":
        import warnings

        warnings.warn(said, RuntimeWarning, stacklevel=3)
    elif what == "raise":
        raise FloatingPointError(said)
    elif what == "print":
        print(said)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(isclose(a, b, rtol, atol, equal_nan).all())


def array_equal(a1, a2, equal_nan=False):
    try:
        a1, a2 = asarray(a1), asarray(a2)
    except Exception:
        return False
    if a1.shape != a2.shape:
        return False
    same = a1 == a2
    if equal_nan and a1.dtype.kind in "fc" and a2.dtype.kind in "fc":
        same = same | (isnan(a1) & isnan(a2))
    return bool(asarray(same).all())


def array_equiv(a1, a2):
    try:
        a1, a2 = asarray(a1), asarray(a2)
        broadcast_shapes(a1.shape, a2.shape)
    except Exception:
        return False
    return bool(asarray(a1 == a2).all())


def _type_of(x):
    return x.dtype.type if hasattr(x, "dtype") else asarray(x).dtype.type


def iscomplexobj(x):
    return issubclass(_type_of(x), complexfloating)


def isrealobj(x):
    return not iscomplexobj(x)


def iscomplex(x):
    x = asarray(x)
    if x.dtype.kind == "c":
        return x.imag != 0
    return zeros(x.shape, bool)[()]


def isreal(x):
    return asarray(x).imag == 0


def isscalar(element):
    if isinstance(element, (generic, int, float, complex, str, bytes, memoryview)):
        return True
    from numbers import Number

    return isinstance(element, Number)


def isposinf(x, out=None):
    return _infinite(x, out, ~signbit(x))


def isneginf(x, out=None):
    return _infinite(x, out, signbit(x))


def _infinite(x, out, sign):
    return logical_and(isinf(x), sign, out)


def iterable(y):
    try:
        iter(y)
    except TypeError:
        return False
    return True


def issubdtype(arg1, arg2):
    return issubclass(_scalar_type(arg1), _scalar_type(arg2))


def _scalar_type(x):
    return x if isinstance(x, type) and issubclass(x, generic) else _dtype(x).type


def isdtype(dtype, kind):
    kinds = kind if isinstance(kind, tuple) else (kind,)
    letter = _dtype(dtype).kind
    known = {
        "bool": "b", "signed integer": "i", "unsigned integer": "u", "integral": "iu", "real floating": "f",
        "complex floating": "c", "numeric": "iufc",
    }
    for one in kinds:
        if isinstance(one, str):
            if one not in known:
                raise ValueError(
                    f"kind argument is a string, but {one!r} is not a known kind name."
                )
            if letter in known[one]:
                return True
        elif _dtype(dtype) == _dtype(one):
            return True
    return False


def min_scalar_type(a, /):
    a = asarray(a)
    if a.ndim == 0 and a.dtype.kind in "iu" and 0 <= a.item() < 256:
        return _dtype("uint8")
    return a.dtype


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = array(x, copy=copy) if copy else asarray(x)
    if not issubclass(x.dtype.type, inexact):
        return x[()]
    parts = (x.real, x.imag) if x.dtype.kind == "c" else (x,)
    limits = finfo(x.dtype)
    for part in parts:
        isn, infinite, minus = isnan(part), isinf(part), signbit(part)
        copyto(part, nan, where=isn)
        copyto(part, limits.max if posinf is None else posinf, where=infinite & ~minus)
        copyto(part, limits.min if neginf is None else neginf, where=infinite & minus)
    return x[()]


def real_if_close(a, tol=100):
    a = asarray(a)
    if a.dtype.kind != "c":
        return a
    if tol > 1:
        tol = finfo(a.dtype).eps * tol
    return a.real if (abs(a.imag) < tol).all() else a
