"""Locks, sleep and selectors that call the hook of `_processes` while they block, as the interpreter's do."""

import _thread
import os
import selectors
import threading
import time

import _processes

_SLICE_S = 0.001
_real_sleep = time.sleep
_allocate = _thread.allocate_lock


class Lock:
    """A lock of CPython, waited for in slices."""

    def __init__(self):
        self._lock = _allocate()
        self.release = self._lock.release
        self.locked = self._lock.locked
        self._at_fork_reinit = self._lock._at_fork_reinit

    def acquire(self, blocking=True, timeout=-1):
        if not blocking or timeout < 0 and timeout != -1:
            return self._lock.acquire(blocking, timeout)
        end = None if timeout == -1 else time.monotonic() + timeout
        while not self._lock.acquire(False):
            if end is not None and time.monotonic() >= end:
                return False
            _processes.idle(_SLICE_S)
        return True

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def __reduce__(self):
        raise TypeError("cannot pickle '_thread.lock' object")

    def __repr__(self):
        return repr(self._lock)


def sleep(seconds):
    if seconds < 0:
        return _real_sleep(seconds)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _processes.idle(min(left, _SLICE_S))


class Selector(selectors.DefaultSelector):
    """CPython's own, which event loops wait with, in slices."""

    def select(self, timeout=None):
        end = None if timeout is None else time.monotonic() + timeout
        while not (ready := super().select(0)):
            if end is not None and time.monotonic() >= end:
                break
            _processes.idle(_SLICE_S)
        return ready


def install():
    if os.environ.get("STAND_IN_HOOK") != "thread" and not _processes.is_child():
        _thread.allocate_lock = threading.Lock = threading._allocate_lock = Lock
        time.sleep = sleep
        selectors.DefaultSelector = Selector
