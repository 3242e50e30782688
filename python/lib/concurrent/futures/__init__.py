"""Calls that run at the same time: in threads, in processes, in interpreters."""

from concurrent.futures import _base
from concurrent.futures._base import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    TimeoutError,
    as_completed,
)

# Imported when they are first asked for: each of them brings a lot along.
_EXECUTORS = {
    "ThreadPoolExecutor": "thread",
    "ProcessPoolExecutor": "process",
    "InterpreterPoolExecutor": "interpreter",
}

__all__ = [
    "ALL_COMPLETED",
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "BrokenExecutor",
    "CancelledError",
    "Executor",
    "Future",
    "InvalidStateError",
    "TimeoutError",
    "as_completed",
    "wait",
    *_EXECUTORS,
]


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Waits until the futures are done, as `return_when` says; gives those done and those not done."""
    fs = list(fs)
    for future in fs[:1]:
        future.done()  # delivers what has arrived: with timeout=0 nothing else would
    return _base.wait(fs, timeout, return_when)


def __getattr__(name):
    if name not in _EXECUTORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Not importlib: all of it would be loaded for this.
    executor = getattr(__import__(f"{__name__}.{_EXECUTORS[name]}", fromlist=[name]), name)
    globals()[name] = executor
    return executor


def __dir__():
    return [*__all__, "__doc__"]
