"""InterpreterPoolExecutor of Python 3.14: every worker is an interpreter of its own.

Here it rests on what ProcessPoolExecutor rests on: a process in the browser *is* an interpreter of its own in the
same operating system process. Other than in CPython no thread of the main interpreter belongs to each worker, and
an exception's cause is the text of its traceback.
"""

import itertools
import os
import threading
from concurrent.futures import _base
from functools import partial

import _lab_futures
import _lab_workers

_INITIALIZER_FAILED = "A thread initializer failed, the thread pool is not usable anymore"


class BrokenInterpreterPool(_base.BrokenExecutor):
    """An interpreter could not be initialized, or ended abruptly."""


class InterpreterPoolExecutor(_base.Executor):
    """Runs calls in a pool of interpreters; functions, arguments and results are pickled."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        """
        max_workers: how many interpreters there may be; without it the number of cores and four more, at most 32.
        thread_name_prefix: how the workers are named.
        initializer, initargs: called in each interpreter before its first call.
        """
        if max_workers is None:
            max_workers = min(32, (os.process_cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if isinstance(initializer, str):
            raise TypeError("scripts not supported")
        self._shutdown_lock = threading.Lock()  # as CPython's: what pickling an executor stumbles over
        self._max_workers = max_workers
        self._thread_name_prefix = thread_name_prefix or f"InterpreterPoolExecutor-{self._counter()}"
        self._broken = False
        self._shutdown = False
        self._pool = _lab_futures.CallPool(self, max_workers, None, partial(_setup, initializer, initargs))

    def submit(self, fn, /, *args, **kwargs):
        """Schedules ``fn(*args, **kwargs)`` and returns its future."""
        if self._broken:
            raise BrokenInterpreterPool(self._broken)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if isinstance(fn, str):
            raise TypeError("scripts not supported")
        return self._pool.submit(fn, args, kwargs)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """No more calls; what was submitted is still done (unless cancelled), then the interpreters end."""
        self._shutdown = True
        self._pool.shutdown(wait, cancel_futures)

    def broken(self):
        """For the pool: an interpreter has ended by itself. The exception for the futures."""
        self._broken = _INITIALIZER_FAILED
        return BrokenInterpreterPool(self._broken)


def _setup(initializer, initargs):
    """A new interpreter's first message."""
    return _lab_workers.dumps((_lab_futures.set_up, None, initializer, initargs), "set-up"), ""
