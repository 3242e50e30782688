"""Futures whose calls run in other processes: the machinery of ProcessPoolExecutor and InterpreterPoolExecutor.

    submit ──▶ waiting ──pickled──▶ queued ──▶ a worker ──answer──▶ future
               PENDING              RUNNING (can't be cancelled any more)

As in CPython at most ``max_workers + EXTRA_QUEUED_CALLS`` calls are queued, and workers start on demand, one per
submit as long as none is free. CPython moves the calls on in a thread; here whoever submits, or blocks, does it.
"""

import itertools
import threading
import weakref
from collections import deque
from concurrent.futures import _base

import _lab_group
import _lab_workers
import _processes
from _lab_identity import ProcessExit

EXTRA_QUEUED_CALLS = 1

_open = set()  # CallPools with workers
_at_end = False  # whether the script has come to its end


class Future(_base.Future):
    """A future that can be polled: what has arrived is delivered before it is looked at."""

    def cancel(self):
        _lab_workers.deliver()
        return super().cancel()

    def cancelled(self):
        _lab_workers.deliver()
        return super().cancelled()

    def running(self):
        _lab_workers.deliver()
        return super().running()

    def done(self):
        _lab_workers.deliver()
        return super().done()

    def result(self, timeout=None):
        _lab_workers.deliver()
        return super().result(timeout)

    def exception(self, timeout=None):
        _lab_workers.deliver()
        return super().exception(timeout)


class RemoteTraceback(Exception):
    """The cause of an exception that came from a child: its traceback there, as text."""

    @property
    def tb(self):
        return self.args[0]

    def __str__(self):
        return self.tb


# What a traceback calls it, and where programs look for it.
RemoteTraceback.__name__ = RemoteTraceback.__qualname__ = "_RemoteTraceback"
RemoteTraceback.__module__ = "concurrent.futures.process"


class _Call:
    __slots__ = ("args", "fn", "future", "kwargs")

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class CallPool:
    """Runs calls in worker processes.

    It belongs to an executor, which it does not keep alive: once nobody has the executor any more, the calls are
    still done, and the workers end. ``executor.broken()`` is called once when a worker has ended by itself; it
    returns the exception for the futures. ``setup()`` gives a new worker's first message, and its name.
    """

    def __init__(self, executor, max_workers, max_calls, setup):
        self._executor = weakref.ref(executor)
        weakref.finalize(executor, self.shutdown, wait=False, cancel_futures=False).atexit = False
        self._max_workers = max_workers
        self._setup = setup
        self._group = _lab_group.Group(self, max_calls)
        self._lock = self._group.lock
        self._numbers = itertools.count()
        self._calls = {}  # number -> _Call, until it is answered
        self._waiting = deque()  # numbers
        self._queued = deque()  # (number, bytes)
        self._unpicklable = deque()  # (future, error), to be told when the lock is free
        self._closing = False
        self._is_broken = False
        self._ended = threading.Event()

    def workers(self):
        """The workers that are alive."""
        with self._lock:
            return list(self._group.members)

    def submit(self, fn, args, kwargs):
        if _at_end:
            raise RuntimeError("cannot schedule new futures after interpreter shutdown")
        _lab_workers.deliver()
        with self._lock:
            if not self._group.has_free() and len(self._group.members) < self._max_workers:
                self._group.start_worker(*self._setup())
                _open.add(self)
            future = Future()
            number = next(self._numbers)
            self._calls[number] = _Call(future, fn, args, kwargs)
            self._waiting.append(number)
        self._advance()
        return future

    def shutdown(self, wait, cancel_futures):
        with self._lock:
            self._closing = True
            cancelled = []
            if cancel_futures:
                cancelled = [self._calls.pop(number).future for number in self._waiting]
                self._waiting.clear()
        for future in cancelled:
            future.cancel()
        self._end_if_done()
        if wait:
            self._ended.wait()

    def terminate(self):
        """Ends the workers, whatever they are doing; the futures are told that the pool is broken."""
        _lab_workers.deliver()
        self._break(None)

    # What `Group` asks for and tells.

    def backlog(self):
        return len(self._queued) + len(self._waiting)

    def next_call(self):
        self._fill_queue(1)  # a worker waits: the others can be pickled later
        return self._queued.popleft() if self._queued else None

    def answered(self, number, data):
        with self._lock:
            call = self._calls.pop(number, None)
            if self.backlog() and len(self._group.members) < self._max_workers:
                self._group.start_worker(*self._setup())  # the last one has done its max_tasks_per_child
        self._advance()  # the worker first: the result can wait
        if call is not None:
            self._settle(call, data)
        self._end_if_done()

    def died(self, numbers, reason):
        self._break(None)

    def _fill_queue(self, most):
        while self._waiting and len(self._queued) < most:
            number = self._waiting.popleft()
            call = self._calls[number]
            if not call.future.set_running_or_notify_cancel():
                del self._calls[number]
                continue
            try:
                message = (run, call.fn, call.args, call.kwargs)
                data = _lab_workers.dumps(message, _lab_workers.name_of(call.fn))
            except Exception as error:
                del self._calls[number]
                error.__cause__ = RemoteTraceback(_lab_workers.remote_text(error))
                self._unpicklable.append((call.future, error))
            else:
                self._queued.append((number, data))

    def _advance(self):
        with self._lock:
            self._group.feed()
            self._fill_queue(self._max_workers + EXTRA_QUEUED_CALLS)
            unpicklable = list(self._unpicklable)
            self._unpicklable.clear()
        for future, error in unpicklable:
            future.set_exception(error)
            self._end_if_done()

    def _settle(self, call, data):
        try:
            succeeded, value = _lab_workers.loads(data, _lab_workers.name_of(call.fn))
        except BaseException as error:
            self._calls[-1] = call  # breaks together with the others
            self._break(_lab_workers.remote_text(error))
            return
        if succeeded:
            call.future.set_result(value)
        else:
            call.future.set_exception(value)

    def _end_if_done(self):
        with self._lock:
            if not self._closing or self._calls:
                return
        self._group.stop()
        _open.discard(self)
        self._ended.set()

    def _break(self, cause):
        with self._lock:
            if self._is_broken:
                return
            self._is_broken = self._closing = True
            executor = self._executor()
            error = _base.BrokenExecutor() if executor is None else executor.broken()
            if cause is not None:
                error.__cause__ = RemoteTraceback(cause)
            calls = list(self._calls.values())
            self._calls.clear()
            self._waiting.clear()
            self._queued.clear()
        for call in calls:
            try:
                call.future.set_exception(error)
            except _base.InvalidStateError:
                pass  # cancelled
        self._end_if_done()


def run(fn, args, kwargs):
    """In the child: one call. Whatever happens to it is the answer, also that the result can't be pickled."""
    start = _processes.now_ms()
    what = _lab_workers.name_of(fn)
    try:
        answer = (True, fn(*args, **kwargs))
    except ProcessExit:
        raise
    except BaseException as error:
        answer = (False, _ExceptionWithTraceback(error))
    _processes.record("task", start, _processes.now_ms(), what)
    try:
        data = _lab_workers.dumps(answer, what)
    except ProcessExit:
        raise
    except BaseException as error:
        data = _lab_workers.dumps((False, _ExceptionWithTraceback(error)), what)
    return _lab_group.answer(start, data)


class _ExceptionWithTraceback:
    """Arrives in the parent as the exception itself, caused by the text of its traceback."""

    def __init__(self, error):
        self.text = _lab_workers.remote_text(error)
        self.error = error
        self.error.__traceback__ = None  # its frames hold everything the call has seen

    def __reduce__(self):
        return _with_cause, (self.error, self.text)


def _with_cause(error, text):
    error.__cause__ = RemoteTraceback(text)
    return error


def set_up(configuration, initializer, initargs):
    """In the child: its first message."""
    from multiprocessing import process

    process.adopt(configuration)
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.LOGGER.critical("Exception in initializer:", exc_info=True)
            raise SystemExit(1) from None
    return b""


def _at_exit():
    """At the end of the script everything that was submitted is still done."""
    global _at_end
    _at_end = True
    for pool in list(_open):
        pool.shutdown(wait=True, cancel_futures=False)


threading._register_atexit(_at_exit)
