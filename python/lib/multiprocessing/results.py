"""What ``multiprocessing.Pool`` hands out before results are there."""

import threading
import time
from collections import deque

import _lab_workers


class RemoteTraceback(Exception):
    """The cause of an exception that came from a child: its traceback there, as text."""

    @property
    def tb(self):
        return self.args[0]

    def __str__(self):
        return self.tb



def _timeout_error():
    from multiprocessing.context import TimeoutError

    return TimeoutError


class AsyncResult:
    """The result of one call."""

    def __init__(self, callback, error_callback):
        self._event = threading.Event()
        self._callback = callback
        self._error_callback = error_callback
        self._success = None
        self._value = None

    def ready(self):
        """Whether it is there."""
        _lab_workers.deliver()
        return self._event.is_set()

    def successful(self):
        """Whether it is there and no exception."""
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        """Waits until it is there, at most `timeout` seconds."""
        _lab_workers.deliver()
        self._event.wait(timeout)

    def get(self, timeout=None):
        """The result; raises what the call has raised."""
        self.wait(timeout)
        if not self._event.is_set():
            raise _timeout_error()
        if self._success:
            return self._value
        raise self._value

    def settle(self, index, success, value):
        """The pool's answer to call `index`."""
        self._finish(success, value)

    def _finish(self, success, value):
        self._success = success
        self._value = value
        callback = self._callback if success else self._error_callback
        if callback:
            callback(value)
        self._event.set()


class MapResult(AsyncResult):
    """The results of many calls, in order."""

    def __init__(self, chunksize, length, callback, error_callback):
        super().__init__(callback, error_callback)
        self._chunksize = chunksize
        self._success = True
        self._value = [None] * length
        self.chunks_left = 0
        if length:
            self.chunks_left = -(-length // chunksize)
        else:
            self._event.set()

    def settle(self, index, success, value):
        self.chunks_left -= 1
        if not success and self._success:
            self._success = False  # the first exception is the result, once all calls are done
            self._value = value
        elif success and self._success:
            start = index * self._chunksize
            self._value[start : start + self._chunksize] = value
        if self.chunks_left == 0:
            self._finish(self._success, self._value)


class IMapIterator:
    """Results one by one, in the order of the input."""

    def __init__(self):
        self._condition = threading.Condition()
        self._arrived = deque()  # (success, value), in the order in which they are given out
        self._early = {}  # index -> (success, value)
        self._given = 0
        self._next_index = 0
        self._length = None

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result, at the latest after `timeout` seconds."""
        _lab_workers.deliver()
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._condition:
            while not self._arrived:
                if self._given == self._length:
                    raise StopIteration
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise _timeout_error()
                self._condition.wait(left)
            self._given += 1
            success, value = self._arrived.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def settle(self, index, success, value):
        """The pool's answer to call `index`."""
        with self._condition:
            self._early[index] = (success, value)
            while self._next_index in self._early:
                self._arrived.append(self._early.pop(self._next_index))
                self._next_index += 1
            self._condition.notify_all()

    def set_length(self, length):
        """How many calls there are, once that is known."""
        with self._condition:
            self._length = length
            self._condition.notify_all()


class IMapUnorderedIterator(IMapIterator):
    """Results one by one, as they come."""

    def settle(self, index, success, value):
        with self._condition:
            self._arrived.append((success, value))
            self._condition.notify_all()


# Where CPython has them, in tracebacks and reprs.
for _kind in (RemoteTraceback, AsyncResult, MapResult, IMapIterator, IMapUnorderedIterator):
    _kind.__module__ = "multiprocessing.pool"
AsyncResult.__name__ = AsyncResult.__qualname__ = "ApplyResult"
