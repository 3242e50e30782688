"""Assertions about arrays, with NumPy's messages.

From `_numpy`: abs, array, asarray, broadcast_to, float64, floor, int32, isfinite, isinf, isnan, log10, minimum,
ndarray, power, result_type, signbit, spacing, where.
"""

import operator

from _numpy import (
    abs as _abs, array, asarray, broadcast_to, float64, floor, int32, isfinite, isinf, isnan, log10, minimum, ndarray,
    power, result_type, signbit, spacing, where,
)

from ._comparing import isclose, iscomplexobj, isscalar
from ._methods import argwhere, imag, real
from ._printing import array2string, array_repr, errstate

verbose = 0


def assert_(val, msg=""):
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def build_err_msg(
    arrays, err_msg, header="Items are not equal:", verbose=True, names=("ACTUAL", "DESIRED"), precision=8
):
    lines = ["\n" + header]
    err_msg = str(err_msg)
    if err_msg:
        if "\n" not in err_msg and len(err_msg) < 79 - len(header):
            lines = [lines[0] + " " + err_msg]
        else:
            lines.append(err_msg)
    if verbose:
        for name, one in zip(names, arrays):
            try:
                text = array_repr(one, precision=precision) if isinstance(one, ndarray) else repr(one)
            except Exception as raised:
                text = f"[repr failed for <{type(one).__name__}>: {raised}]"
            if text.count("\n") > 3:
                text = "\n".join(text.splitlines()[:3]) + "..."
            lines.append(f" {name}: {text}")
    return "\n".join(lines)


def assert_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}", verbose)
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for place in range(len(desired)):
            assert_equal(actual[place], desired[place], f"item={place!r}\n{err_msg}", verbose)
        return
    if isinstance(actual, ndarray) or isinstance(desired, ndarray):
        return assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
    if not _same(actual, desired):
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose))


def _same(actual, desired):
    if isscalar(actual) != isscalar(desired):
        return False
    numbers = [isscalar(one) and not isinstance(one, (str, bytes)) for one in (actual, desired)]
    if all(numbers):
        if iscomplexobj(actual) or iscomplexobj(desired):
            return _same(real(actual), real(desired)) and _same(imag(actual), imag(desired))
        if isnan(actual) and isnan(desired):
            return True
        if actual == 0 and desired == 0:
            return bool(signbit(actual) == signbit(desired))
    return bool(desired == actual)


def _finite_or_same(actual, desired):
    """Whether both are the same NaN or infinity, or None where both are finite."""
    try:
        if isfinite(desired) and isfinite(actual):
            return None
        if isnan(desired) or isnan(actual):
            return bool(isnan(desired) and isnan(actual))
        return bool(desired == actual)
    except (TypeError, NotImplementedError):
        return None


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    if isinstance(actual, (ndarray, tuple, list)) or isinstance(desired, (ndarray, tuple, list)):
        return assert_array_almost_equal(actual, desired, decimal, err_msg)
    pairs = [(actual, desired)]
    if iscomplexobj(actual) or iscomplexobj(desired):
        pairs = [(real(actual), real(desired)), (imag(actual), imag(desired))]
    for one, other in pairs:
        same = _finite_or_same(one, other)
        if same is None:
            same = not abs(other - one) >= float64(1.5 * 10.0 ** (-decimal))
        if not same:
            header = f"Arrays are not almost equal to {decimal} decimals"
            raise AssertionError(build_err_msg([actual, desired], err_msg, header, verbose))


def assert_approx_equal(actual, desired, significant=7, err_msg="", verbose=True):
    actual, desired = float(actual), float(desired)
    if desired == actual:
        return
    with errstate(invalid="ignore"):
        scale = power(10, floor(log10(0.5 * (abs(desired) + abs(actual)))))
    same = _finite_or_same(actual, desired)
    if same is None:
        same = not abs(desired / scale - actual / scale) >= power(10.0, -(significant - 1))
    if not same:
        header = f"Items are not equal to {significant} significant digits:"
        raise AssertionError(build_err_msg([actual, desired], err_msg, header, verbose))


def _mask(test, x, y):
    """Where the test holds for both; None where it holds for one of them elsewhere."""
    in_x, in_y = test(x), test(y)
    if not (in_x == in_y).all():
        return None
    return in_x if asarray(in_x).ndim == 0 else in_y


def assert_array_compare(
    comparison, x, y, err_msg="", verbose=True, header="", precision=6, equal_nan=True, equal_inf=True, *,
    strict=False, names=("ACTUAL", "DESIRED"),
):
    x, y = asarray(x), asarray(y)

    def fail(reason):
        raise AssertionError(build_err_msg([x, y], str(err_msg) + reason, header, verbose, names, precision))

    if strict and x.shape == y.shape and x.dtype != y.dtype:
        fail(f"\n(dtypes {x.dtype}, {y.dtype} mismatch)")
    if x.shape != y.shape and (strict or x.shape != () and y.shape != ()):
        fail(f"\n(shapes {x.shape}, {y.shape} mismatch)")
    flagged = asarray(False)
    if equal_nan:
        flagged = _mask(isnan, x, y)
        if flagged is None:
            fail("\nnan location mismatch:")
    if equal_inf:
        infinite = _mask(lambda one: isinf(one) & ~flagged, x, y)
        if infinite is None:
            fail("\ninf location mismatch:")
        if infinite.any():
            both = x.ndim > 0 and y.ndim > 0
            if not ((x[infinite] if both else x) == (y[infinite] if both else y)).all():
                fail("\ninf values mismatch:")
        flagged = flagged | infinite
    all_x, all_y, flagged = x, y, asarray(flagged)
    if flagged.ndim:
        x, y = [one[~flagged] if one.ndim else one for one in (x, y)]
        if x.size == 0:
            return
    elif flagged:
        return
    val = asarray(comparison(x, y))
    if val.all():
        return
    total = flagged.size if flagged.ndim else val.size
    remarks = _mismatches(val, flagged, total, all_x, all_y, names) + _differences(x, y, ~val)
    x, y = all_x, all_y
    fail("\n" + "\n".join(remarks))


def _mismatches(val, flagged, total, x, y, names):
    wrong = ~val
    count = int(wrong.sum())
    remarks = [f"Mismatched elements: {count} / {total} ({100 * count / total:.3g}%)"]
    if wrong.ndim:
        places = argwhere(~flagged)[wrong] if flagged.ndim else argwhere(wrong)
        lines = []
        for place in places[:5].tolist():
            one, other = [each if each.ndim == 0 else each[tuple(place)] for each in (x, y)]
            lines.append(f" {place}: {one} ({names[0]}), {other} ({names[1]})")
        head = "Mismatch at index:" if len(places) == 1 else "Mismatch at indices:"
        remarks.append("\n".join(["First 5 mismatches are at indices:" if len(places) > 5 else head] + lines))
    return remarks


def _differences(x, y, wrong):
    with errstate(all="ignore"):
        try:
            error = asarray(_abs(x - y))
        except TypeError:
            return []
        if x.dtype.kind == "u":
            if not error.ndim:
                return []
            error = minimum(error, _abs(y - x))
        largest = error[wrong].max()
        wide = broadcast_to(y, error.shape)
        counted = wrong & (wide != 0)
        relative = (error[counted] / _abs(wide[counted])).max() if counted.any() else array(float("inf"))
    return [
        "Max absolute difference among violations: " + array2string(largest),
        "Max relative difference among violations: " + array2string(relative),
    ]


def assert_array_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    assert_array_compare(operator.eq, actual, desired, err_msg, verbose, "Arrays are not equal", strict=strict)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    def near(x, y):
        return _abs(x - asarray(y, result_type(y, 1.0))) < 1.5 * 10.0 ** (-decimal)

    header = f"Arrays are not almost equal to {decimal} decimals"
    assert_array_compare(near, actual, desired, err_msg, verbose, header, decimal)


def assert_array_less(x, y, err_msg="", verbose=True, *, strict=False):
    header = "Arrays are not strictly ordered `x < y`"
    assert_array_compare(
        operator.lt, x, y, err_msg, verbose, header, equal_inf=False, strict=strict, names=("x", "y")
    )


def assert_allclose(
    actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True, *, strict=False
):
    def near(x, y):
        return isclose(x, y, rtol, atol, equal_nan)

    header = f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}"
    assert_array_compare(
        near, actual, desired, str(err_msg), verbose, header, equal_nan=equal_nan, strict=strict
    )


def assert_array_almost_equal_nulp(x, y, nulp=1):
    size_x, size_y = _abs(x), _abs(y)
    if not (_abs(asarray(x) - y) <= nulp * spacing(where(size_x > size_y, size_x, size_y))).all():
        far = "" if iscomplexobj(x) or iscomplexobj(y) else f" (max is {_ulps(x, y).max():g})"
        raise AssertionError(f"Arrays are not equal to {nulp} ULP{far}")


def _ulps(x, y):
    """How many numbers lie between: the bits of floats, read as integers, are in the numbers' order."""
    places = []
    for one in (x, y):
        one = asarray(one, result_type(x, y))
        bits = one.view(int if one.dtype.itemsize == 8 else int32)
        places.append(where(bits < 0, -(bits & (2 ** (8 * one.dtype.itemsize - 1) - 1)), bits))
    return asarray(_abs(places[0] - places[1]), float64)


class _Raises:
    """What assert_raises is as a context: it holds the exception afterwards."""

    def __init__(self, expected, pattern=None):
        self.expected, self.pattern, self.exception = expected, pattern, None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            names = self.expected if isinstance(self.expected, tuple) else (self.expected,)
            said = names[0].__name__ if len(names) == 1 else str(self.expected)
            raise AssertionError(f"{said} not raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.pattern is not None:
            import re

            if not re.search(self.pattern, str(value)):
                pattern = getattr(self.pattern, "pattern", self.pattern)
                raise AssertionError(f'"{pattern}" does not match "{value}"')
        return True


def _raises(context, call, kwargs):
    if not call:
        return context
    func, *args = call
    try:
        with context:
            func(*args, **kwargs)
    except AssertionError as raised:
        if context.exception is None and str(raised).endswith(" not raised"):
            name = getattr(func, "__name__", str(func))
            raise AssertionError(f"{raised} by {name}") from None
        raise


def assert_raises(exception_class, *args, **kwargs):
    return _raises(_Raises(exception_class), args, kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    return _raises(_Raises(exception_class, expected_regexp), args, kwargs)


def __getattr__(name):
    from ._missing import error

    raise error(__name__, name, list(globals()))
