"""How arrays are printed, and what happens on floating-point errors: options that hold until they are set again.

From `_numpy`: _array2string(a, options, separator, prefix), where options is a dict of all options;
_printoptions() and _errstate() give the options as a dict, _printoptions(dict) and _errstate(dict) set all of them;
_errcall, what np.seterrcall was given; asarray, ndarray, the scalars' own texts.
"""

import _numpy
from _numpy import _array2string, _errstate, _printoptions, asarray, ndarray

_DEFAULT_TYPES = ("bool", "int64", "float64", "complex128")


def _changed(**options):
    """The options that are given, checked."""
    given = {name: value for name, value in options.items() if value is not None}
    floatmode, sign = options.get("floatmode"), options.get("sign")
    if floatmode not in (None, "fixed", "unique", "maxprec", "maxprec_equal"):
        raise ValueError('floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"')
    if sign not in (None, "-", "+", " "):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    if "suppress" in given:
        given["suppress"] = bool(given["suppress"])
    if "threshold" in given:
        if not isinstance(given["threshold"], (int, float)):
            raise TypeError("threshold must be numeric")
        if given["threshold"] != given["threshold"]:
            raise ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation")
    if "precision" in given and not hasattr(given["precision"], "__index__"):
        raise TypeError("precision must be an integer")
    return given


def _refuse_legacy(name, legacy):
    if legacy not in (None, False):
        raise NotImplementedError(f"{name} has no legacy= in the lab's NumPy")


def set_printoptions(
    precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None,
    formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None,
):
    _refuse_legacy("set_printoptions", legacy)
    given = _changed(
        precision=precision, threshold=threshold, edgeitems=edgeitems, linewidth=linewidth, suppress=suppress,
        nanstr=nanstr, infstr=infstr, sign=sign, floatmode=floatmode,
    )
    # Unlike the others, these two go when they are not given.
    _printoptions({**_printoptions(), **given, "formatter": formatter, "override_repr": override_repr})


def get_printoptions():
    return dict(_printoptions())


class printoptions:
    """Printing options within a `with` block."""

    def __init__(self, *args, **kwargs):
        self._args, self._kwargs = args, kwargs

    def __enter__(self):
        self._before = get_printoptions()
        set_printoptions(*self._args, **self._kwargs)
        return get_printoptions()

    def __exit__(self, *raised):
        _printoptions(self._before)


def array2string(
    a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", *, formatter=None,
    threshold=None, edgeitems=None, sign=None, floatmode=None, suffix="", legacy=None,
):
    _refuse_legacy("array2string", legacy)
    given = _changed(
        precision=precision, threshold=threshold, edgeitems=edgeitems, linewidth=max_line_width,
        suppress=suppress_small, sign=sign, formatter=formatter, floatmode=floatmode,
    )
    options = {**_printoptions(), **given}
    options["linewidth"] -= len(suffix)
    a = asarray(a)
    return "[]" if a.size == 0 else _array2string(a, options, separator, prefix)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    options = _printoptions()
    if options["override_repr"] is not None:
        return options["override_repr"](arr)
    width = options["linewidth"] if max_line_width is None else max_line_width
    name = "array" if type(arr) is ndarray else type(arr).__name__
    prefix = name + "("
    text = prefix + array2string(arr, width, precision, suppress_small, ", ", prefix, suffix=")")
    extras = []
    if arr.size == 0 and arr.shape != (0,) or arr.size > options["threshold"]:
        extras.append(f"shape={arr.shape}")
    if arr.size == 0 or arr.dtype.name not in _DEFAULT_TYPES:
        extras.append(f"dtype={arr.dtype.name}")
    if not extras:
        return text + ")"
    text, extra = text + ",", ", ".join(extras) + ")"
    last = len(text) - text.rfind("\n") - 1
    return text + ("\n" + " " * len(prefix) if last + len(extra) + 1 > width else " ") + extra


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    return str(a[()]) if a.shape == () else array2string(a, max_line_width, precision, suppress_small)


def _count(number, name):
    if number is None:
        return -1
    if number < 0:
        raise ValueError(f"{name} must be >= 0")
    return number


def _shortest(x):
    """The digits that tell the number from its neighbours, with the exponent of the first."""
    from decimal import Decimal

    text = str(abs(x)) if hasattr(x, "dtype") else repr(abs(float(x)))
    _, digits, exponent = Decimal(text).as_tuple()
    digits = "".join([str(one) for one in digits]).rstrip("0") or "0"
    return digits, Decimal(text).adjusted() if digits != "0" else 0


def _trimmed(whole, fraction, trim, fraction_wanted):
    fraction = fraction if trim == "k" else fraction.rstrip("0")
    if trim == "k":
        fraction = fraction.ljust(fraction_wanted, "0")
    elif trim == "0" and not fraction:
        fraction = "0"
    return whole + ("" if trim == "-" and not fraction else "." + fraction)


def _has_more_digits(x):
    from decimal import Decimal

    # With all its digits: normalize() would round to the context's.
    return len("".join([str(one) for one in Decimal(float(x)).as_tuple().digits]).rstrip("0")) > 1


def _rounded(x, digits):
    from decimal import Decimal

    return format(Decimal(f"{abs(float(x)):.{digits - 1}e}"), "f")


def _special(x, sign):
    number = float(x)
    if number != number:
        return "nan"
    if number in (float("inf"), -float("inf")):
        return "-inf" if number < 0 else "+inf" if sign else "inf"
    return None


def _sign_of(x, sign):
    return "-" if repr(float(x)).startswith("-") else "+" if sign else ""


def format_float_positional(
    x, precision=None, unique=True, fractional=True, trim="k", sign=False, pad_left=None, pad_right=None,
    min_digits=None,
):
    precision, least = _count(precision, "precision"), _count(min_digits, "min_digits")
    left, right = _count(pad_left, "pad_left"), _count(pad_right, "pad_right")
    if not fractional and precision == 0:
        raise ValueError("precision must be greater than 0 if fractional=False")
    if least > 0 and precision > 0 and least > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    text = _special(x, sign)
    if text is not None:
        return text
    digits, exponent = _shortest(x)
    whole, fraction = digits[: max(exponent + 1, 0)].ljust(exponent + 1, "0") or "0", digits[max(exponent + 1, 0) :]
    if exponent < 0:
        fraction = "0" * (-exponent - 1) + fraction if digits != "0" else ""
    if not fractional and precision > 0:
        # So many digits in all: what is before the point is filled with zeros.
        if not unique or len(digits) > precision:
            whole, _, fraction = _rounded(x, precision).partition(".")
    elif precision >= 0 and (not unique or len(fraction) > precision):
        whole, _, fraction = f"{abs(float(x)):.{precision}f}".partition(".")
    wanted = precision if not unique and precision >= 0 else 0
    wanted = max(wanted, least if fractional else least - exponent - 1)
    text = _sign_of(x, sign) + _trimmed(whole, fraction.ljust(max(least, 0), "0"), trim, wanted)
    before, dot, behind = text.partition(".")
    if left > len(before):
        text = " " * (left - len(before)) + text
    if right > 0:
        text += " " * (max(right - len(behind), 0) + (not dot))
    return text


def format_float_scientific(
    x, precision=None, unique=True, trim="k", sign=False, pad_left=None, exp_digits=None, min_digits=None
):
    precision, least = _count(precision, "precision"), _count(min_digits, "min_digits")
    left, wide = _count(pad_left, "pad_left"), _count(exp_digits, "exp_digits")
    if least > 0 and precision > 0 and least > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    text = _special(x, sign)
    if text is None:
        digits, exponent = _shortest(x)
        if precision >= 0 and (not unique or len(digits) - 1 > precision):
            mantissa, _, exponent = f"{abs(float(x)):.{precision}e}".partition("e")
            digits, exponent = mantissa.replace(".", ""), int(exponent)
        fraction = digits[1:].ljust(max(least, 0), "0")
        if trim == "-" and not unique and precision > 0 and _has_more_digits(x):
            # A quirk of NumPy's: of digits that were only trimmed, the point stays.
            trim = "."
        text = _sign_of(x, sign) + _trimmed(digits[0], fraction, trim, 0)
        text += f"e{'-' if exponent < 0 else '+'}{abs(exponent):0{wide if wide >= 0 else 2}d}"
    return " " * max(left - len(text.partition(".")[0]), 0) + text


_KINDS = ("divide", "over", "under", "invalid")


def geterr():
    return dict(_errstate())


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    before = geterr()
    after = {}
    for kind, told in zip(_KINDS, (divide, over, under, invalid)):
        told = all if told is None else told
        if told not in (None, "ignore", "warn", "raise", "call", "print", "log"):
            raise ValueError(f"invalid error mode '{told}'")
        after[kind] = before[kind] if told is None else told
    _errstate(after)
    return before


def geterrcall():
    return _numpy._errcall


def seterrcall(func):
    if func is not None and not callable(func) and not callable(getattr(func, "write", None)):
        raise ValueError("Only callable can be used as callback")
    before, _numpy._errcall = _numpy._errcall, func
    return before


class errstate:
    """What happens on floating-point errors within a `with` block, or within a function that it decorates."""

    def __init__(self, *, call=None, all=None, divide=None, over=None, under=None, invalid=None):
        self._told, self._call = (all, divide, over, under, invalid), call

    def __enter__(self):
        self._before, self._call_before = seterr(*self._told), geterrcall()
        if self._call is not None:
            seterrcall(self._call)

    def __exit__(self, *raised):
        _errstate(self._before)
        _numpy._errcall = self._call_before

    def __call__(self, func):
        from functools import wraps

        @wraps(func)
        def wrapped(*args, **kwargs):
            with errstate(call=self._call, all=self._told[0], **dict(zip(_KINDS, self._told[1:]))):
                return func(*args, **kwargs)

        return wrapped


def binary_repr(num, width=None):
    from operator import index

    num = index(num)
    if num >= 0:
        text = f"{num:b}"
    elif width is None:
        return f"-{-num:b}"
    else:
        # In two's complement, with as many digits as the number needs at least.
        need = (-num - 1).bit_length() + 1
        text = f"{(1 << max(need, width)) + num:b}"
        if width < need:
            text = f"{(1 << need) + num:b}"
    if width is not None and width < len(text) and num != 0:
        raise ValueError(f"Insufficient bit width={width!r} provided for binwidth={len(text)!r}")
    return text.zfill(width or 1)


def base_repr(number, base=2, padding=0):
    if base > 36:
        raise ValueError("Bases greater than 36 not handled in base_repr.")
    if base < 2:
        raise ValueError("Bases less than 2 not handled in base_repr.")
    left, text = abs(int(number)), ""
    while left:
        left, digit = divmod(left, base)
        text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + text
    text = "0" * padding + text
    return ("-" if number < 0 else "") + text or "0"
