"""Descriptors: the numbers of open files, as `os.open` gives them. 1 and 2 are what the script prints to."""

import itertools
import sys

_EBADF = 9


class _Output:
    """Standard output or standard error."""

    reads, writes, mode = False, True, "w"

    def __init__(self, name):
        self._name = name

    def write(self, data):
        stream = getattr(sys, self._name)
        stream.flush()
        stream.write(bytes(data).decode("utf-8", "backslashreplace"))
        stream.flush()
        return len(data)

    def seek(self, offset, whence=0):
        raise OSError(29, "Illegal seek")

    def truncate(self, size):
        raise OSError(22, "Invalid argument")


_open = {1: _Output("__stdout__"), 2: _Output("__stderr__")}


def add(opened):
    """The least number that is free, from now on that of an open file."""
    # Another thread may take one between two steps.
    for number in itertools.count(3):
        if _open.setdefault(number, opened) is opened:
            return number


def of(number):
    """The open file."""
    try:
        return _open[number.__index__()]
    except KeyError:
        raise OSError(_EBADF, "Bad file descriptor") from None
    except AttributeError:
        raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer") from None


def to_read(number):
    opened = of(number)
    if not opened.reads:
        raise OSError(_EBADF, "Bad file descriptor")
    return opened


def to_write(number):
    opened = of(number)
    if not opened.writes:
        raise OSError(_EBADF, "Bad file descriptor")
    return opened


def close(number):
    """From now on the number is free."""
    of(number)
    del _open[number]
