"""ProcessPoolExecutor, on processes that are interpreters of their own in the browser."""

import itertools
import os
import threading
from collections import deque
from concurrent.futures import _base
from functools import partial

import _lab_futures
import _lab_workers

EXTRA_QUEUED_CALLS = _lab_futures.EXTRA_QUEUED_CALLS
_RemoteTraceback = _lab_futures.RemoteTraceback

_SUBMIT_TO_BROKEN = "A child process terminated abruptly, the process pool is not usable anymore"
_PENDING_IN_BROKEN = (
    "A process in the process pool was terminated abruptly while the future was running or pending."
)


class BrokenProcessPool(_base.BrokenExecutor):
    """A process ended abruptly while a future was running or pending."""


class ProcessPoolExecutor(_base.Executor):
    """Runs calls in a pool of processes; functions, arguments and results are pickled."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        """
        max_workers: how many processes there may be; without it as many as there are cores.
        mp_context: what ``multiprocessing.get_context`` gives; there is only "spawn" here.
        initializer, initargs: called in each process before its first call.
        max_tasks_per_child: after so many calls a process is replaced by a new one.
        """
        if max_workers is None:
            max_workers = os.process_cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if mp_context is None:
            from multiprocessing import get_context

            mp_context = get_context()
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
        self._shutdown_lock = threading.Lock()  # as CPython's: what pickling an executor stumbles over
        self._max_workers = max_workers
        self._mp_context = mp_context
        self._broken = False
        self._shutdown = False
        self._pool = _lab_futures.CallPool(self, max_workers, max_tasks_per_child, partial(_setup, initializer, initargs))

    @property
    def _processes(self):
        return {worker.pid: worker for worker in self._pool.workers()}

    def submit(self, fn, /, *args, **kwargs):
        """Schedules ``fn(*args, **kwargs)`` and returns its future."""
        if self._broken:
            raise BrokenProcessPool(self._broken)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        return self._pool.submit(fn, args, kwargs)

    def map(self, fn, *iterables, timeout=None, chunksize=1, **options):
        """``map(fn, *iterables)`` with results in the order of the input.

        timeout: seconds for all of it; then TimeoutError.
        chunksize: how many calls travel together. (3.14's ``buffersize`` is taken where Executor.map knows it.)
        """
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = itertools.batched(zip(*iterables), chunksize)
        return _flat(super().map(partial(_process_chunk, fn), chunks, timeout=timeout, **options))

    def shutdown(self, wait=True, *, cancel_futures=False):
        """No more calls; what was submitted is still done (unless cancelled), then the processes end."""
        self._shutdown = True
        self._pool.shutdown(wait, cancel_futures)

    def terminate_workers(self):
        """Ends all processes at once (3.14)."""
        self.shutdown(wait=False, cancel_futures=True)
        self._pool.terminate()

    kill_workers = terminate_workers

    def broken(self):
        """For the pool: a worker has ended by itself. The exception for the futures."""
        self._broken = _SUBMIT_TO_BROKEN
        return BrokenProcessPool(_PENDING_IN_BROKEN)


def _setup(initializer, initargs):
    """A new process's first message."""
    from multiprocessing import process

    configuration = process.new_configuration("SpawnProcess", daemon=False)
    message = (_lab_futures.set_up, configuration, initializer, initargs)
    return _lab_workers.dumps_for_start(message, "set-up"), configuration[0]


def _process_chunk(fn, chunk):
    """In the child: the calls that travelled together."""
    return [fn(*args) for args in chunk]


def _flat(chunks):
    for chunk in chunks:
        chunk = deque(chunk)
        while chunk:
            yield chunk.popleft()  # no reference is kept to what was given out


def _check_system_limits():
    """CPython asks here whether the system has semaphores; what we need is always there."""
