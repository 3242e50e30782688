"""How much memory a program holds of what it asked for since `start`. Which lines asked for it, nobody counts here."""

import _tracemalloc
from _tracemalloc import (  # noqa: F401
    clear_traces,
    get_traced_memory,
    get_tracemalloc_memory,
    is_tracing,
    reset_peak,
    stop,
)

_WHY_NOT = (
    "this Python counts how much memory is held, not which lines asked for it: "
    "tracemalloc.get_traced_memory() says how much is held now, and the most that was held"
)


def start(nframe=1):
    """From now on it is counted what is asked for and given back."""
    if not 1 <= nframe <= 65535:
        raise ValueError("the number of frames must be in range [1; 65535]")
    _tracemalloc._start()


def take_snapshot():
    """Not here."""
    if not is_tracing():
        raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
    raise NotImplementedError(_WHY_NOT)


def get_object_traceback(obj):
    """Not here."""
    raise NotImplementedError(_WHY_NOT)


class Snapshot:
    """Not here."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_WHY_NOT)

    @staticmethod
    def load(filename):
        raise NotImplementedError(_WHY_NOT)


class Filter:
    """What a snapshot would be filtered by: there are none."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_WHY_NOT)


DomainFilter = Filter
