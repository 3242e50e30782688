"""What NumPy's tests ask of pytest, as far as it is trivial."""

import contextlib
import importlib
import math
import re
import warnings


class Skipped(Exception):
    pass


class NoSuchName(Skipped, AttributeError):
    """Skips the test, unless it only asks whether there is that name."""


class Failed(AssertionError):
    pass


def skip(reason="", **options):
    raise Skipped(reason)


def xfail(reason=""):
    raise Skipped(f"is expected to fail: {reason}")


def fail(reason="", **options):
    raise Failed(reason)


def importorskip(name, **options):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Skipped(str(error)) from None


class _Raised:
    """What `raises` gives: the exception, once there is one."""

    value = type = None

    def match(self, pattern):
        if not re.search(pattern, str(self.value)):
            raise Failed(f"{pattern!r} is not in {str(self.value)!r}")
        return True


def raises(expected, *call, match=None, **options):
    raising = _Raising(expected, match)
    if not call:
        return raising
    with raising:
        call[0](*call[1:], **options)
    return raising.told


class _Raising:
    def __init__(self, expected, pattern):
        self.expected, self.pattern, self.told = expected, pattern, _Raised()

    def __enter__(self):
        return self.told

    def __exit__(self, kind, error, trace):
        if kind is None:
            raise Failed(f"did not raise {self.expected}")
        if not issubclass(kind, self.expected):
            return False
        self.told.value, self.told.type = error, kind
        if self.pattern is not None:
            self.told.match(self.pattern)
        return True


@contextlib.contextmanager
def _warns(expected=Warning, match=None):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught
    if not any(issubclass(it.category, expected) and re.search(match or "", str(it.message)) for it in caught):
        raise Failed(f"did not warn {expected} {match or ''}")


def warns(expected=Warning, *call, match=None, **options):
    if not call:
        return _warns(expected, match)
    with _warns(expected, match):
        return call[0](*call[1:], **options)


def deprecated_call(*call, **options):
    return warns((DeprecationWarning, PendingDeprecationWarning, FutureWarning), *call, **options)


class approx:
    def __init__(self, expected, rel=1e-6, abs=1e-12, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def __eq__(self, other):
        if isinstance(self.expected, (list, tuple)):
            return len(other) == len(self.expected) and all(map(self._is_close, other, self.expected))
        return self._is_close(other, self.expected)

    def _is_close(self, got, expected):
        if self.nan_ok and got != got and expected != expected:
            return True
        return got == expected or math.isclose(got, expected, rel_tol=self.rel, abs_tol=self.abs)


class _Parameters:
    """Values of `pytest.param`, with the marks on them."""

    def __init__(self, values, marks):
        self.values, self.marks = values, marks


def param(*values, marks=(), id=None):
    return _Parameters(values, marks if isinstance(marks, (list, tuple)) else [marks])


class _Mark:
    def __init__(self, name, values=(), options=None):
        self.name, self.values, self.options = name, values, options or {}

    def __call__(self, *values, **options):
        if len(values) == 1 and not options and (isinstance(values[0], type) or callable(values[0])):
            _mark(values[0], self)
            return values[0]
        return _Mark(self.name, values, options)


def _mark(thing, mark):
    # A class's own, not those of the class it is made from.
    thing.pytestmark = [*vars(thing).get("pytestmark", []), mark]


class _Marks:
    def __getattr__(self, name):
        return _Mark(name)


mark = _Marks()


def fixture(function=None, *, params=None, autouse=False, **options):
    def make(function):
        function.fixture_options = {"params": params, "autouse": autouse}
        return function

    return make if function is None else make(function)


class MonkeyPatch:
    def __init__(self):
        self.undone = []

    def setattr(self, thing, name, value, raising=True):
        self.undone.append((thing, name, getattr(thing, name)))
        setattr(thing, name, value)

    def setenv(self, name, value):
        skip("there is no environment to change")

    delattr = delenv = setitem = chdir = setenv

    def undo(self):
        while self.undone:
            setattr(*self.undone.pop())
