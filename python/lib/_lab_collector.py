"""What would have to stop all threads of the interpreter, which this one cannot: collecting reference cycles, and
looking at other threads' frames. Used where threads share the interpreter."""

import gc
import sys

_NOT_HERE = (
    "reference cycles are not collected where threads can share the interpreter: "
    "what is part of one stays in memory until the script's end"
)


def collect(generation=2):
    """Collects nothing, and says so."""
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    _tell()
    return 0


def enable():
    """Leaves the collector off, and says so."""
    _tell()


def _tell():
    import warnings  # here: few scripts get this far

    warnings.warn(_NOT_HERE, RuntimeWarning, stacklevel=3)


def install():
    """To be called once in each interpreter, before any code of the user."""
    gc.collect, gc.enable = collect, enable
    for name in ("_current_frames", "_current_exceptions"):
        if hasattr(sys, name):
            delattr(sys, name)
