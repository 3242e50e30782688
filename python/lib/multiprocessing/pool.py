"""Pool: calls for a fixed number of processes.

All processes are started at once. One that ends by itself is replaced, for ever, and the call that it had is never
answered: so it is in CPython.
"""

import atexit
import itertools
import os
import queue
import threading
import time
import weakref
from collections import deque

import _lab_child
import _lab_group
import _lab_workers
import _processes
from _lab_identity import ProcessExit
from multiprocessing import process
from multiprocessing.results import AsyncResult as ApplyResult
from multiprocessing.results import AsyncResult, IMapIterator, IMapUnorderedIterator, MapResult, RemoteTraceback

RUN, CLOSE, TERMINATE = "RUN", "CLOSE", "TERMINATE"

# For what comes out of an iterator: more than there will ever be workers.
_UNKNOWN = 1_000_000_000

# So much of what comes out of an iterator is taken before it is needed, bytes: what a pipe takes.
_AHEAD_BYTES = 65_536
# And for so long at a time, s.
_AHEAD_S = 0.05

_open = weakref.WeakSet()


class MaybeEncodingError(Exception):
    """A result could not be pickled."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"


class Pool:
    """A pool of processes for apply, map, imap and starmap."""

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        if processes is None:
            processes = os.process_cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._state = RUN
        self._processes = processes
        self._initializer = initializer
        self._initargs = initargs
        self._numbers = itertools.count()
        self._jobs = deque()  # _Job: what has not been handed out yet
        self._answers = {}  # number -> (result, index), until it is answered
        self._failed = deque()  # (result, index, error), to be told when the lock is free
        self._is_advancing = False
        self._was_refused = False  # a call, since its job's iterator was at work further up
        self._ended = threading.Event()
        self._group = _lab_group.Group(self, maxtasksperchild)
        try:
            self._repopulate()
        except BaseException:
            self._group.stop()  # without the others, those that have started are of no use
            raise
        _open.add(self)

    def apply(self, func, args=(), kwds={}):
        """Calls ``func(*args, **kwds)`` in a process and waits for the result."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Like `apply`, without waiting."""
        result = AsyncResult(callback, error_callback)
        return self._submit(result, [(0, (func, tuple(args), dict(kwds)))], 1, func)

    def map(self, func, iterable, chunksize=None):
        """``[func(x) for x in iterable]``, in chunks."""
        return self._map_async(func, iterable, chunksize, _map_chunk).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Like `map`, without waiting."""
        return self._map_async(func, iterable, chunksize, _map_chunk, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        """``[func(*x) for x in iterable]``, in chunks."""
        return self._map_async(func, iterable, chunksize, _starmap_chunk).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Like `starmap`, without waiting."""
        return self._map_async(func, iterable, chunksize, _starmap_chunk, callback, error_callback)

    def imap(self, func, iterable, chunksize=1):
        """Results one by one, in the order of the input."""
        return self._imap(IMapIterator(), func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """Results one by one, as they come."""
        return self._imap(IMapUnorderedIterator(), func, iterable, chunksize)

    def close(self):
        """No more calls; what was asked for is still done."""
        if self._state == RUN:
            self._state = CLOSE
        self._end_if_done()

    def terminate(self):
        """Ends the processes at once."""
        self._state = TERMINATE
        self._end()

    def join(self):
        """Waits until the processes have ended."""
        if self._state == RUN:
            raise ValueError("Pool is still running")
        self._ended.wait()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *exception):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def __repr__(self):
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{name} state={self._state} pool_size={self._processes}>"

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def _submit(self, result, calls, length, func, takes_ahead=False):
        self._check_running()
        what = _lab_workers.name_of(func)
        self._jobs.append(_Job(result, iter(calls), length, what, takes_ahead))
        _open.add(self)
        self._advance()
        return result

    def _map_async(self, func, iterable, chunksize, run_chunk, callback=None, error_callback=None):
        self._check_running()
        items = iterable if hasattr(iterable, "__len__") else list(iterable)
        if chunksize is None:
            chunksize = default_chunksize(len(items), self._processes)
        result = MapResult(chunksize, len(items), callback, error_callback)
        # By its length: an array does not say whether it is true.
        if len(items) == 0:
            return result
        calls = ((index, (run_chunk, (func, chunk), {})) for index, chunk in enumerate(_chunks(items, chunksize)))
        return self._submit(result, calls, result.chunks_left, func)

    def _imap(self, result, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        if chunksize == 1:
            calls = ((index, (func, (item,), {})) for index, item in enumerate(iterable))
            self._submit(result, _counted(calls, result), _UNKNOWN, func, takes_ahead=True)
            return result
        chunks = enumerate(_chunks(iterable, chunksize))
        calls = ((index, (_map_chunk, (func, chunk), {})) for index, chunk in chunks)
        self._submit(result, _counted(calls, result), _UNKNOWN, func, takes_ahead=True)
        return itertools.chain.from_iterable(result)

    def _repopulate(self):
        while len(self._group.members) < self._processes:
            configuration = process.new_configuration("SpawnPoolWorker", daemon=True)
            message = (_set_up, configuration, self._initializer, self._initargs)
            self._group.start_worker(_lab_workers.dumps_for_start(message, "set-up"), configuration[0])

    # What `Group` asks for and tells.

    def backlog(self):
        return sum(job.left for job in self._jobs)

    def next_call(self):
        while self._jobs:
            job = self._jobs[0]
            if job.is_busy():
                self._was_refused = True
                return None
            call = job.next_call()
            if call is None:
                self._jobs.popleft()
                continue
            job.left -= 1
            index, data, error = call
            if error is not None:
                self._failed.append((job.result, index, error))
                continue
            number = next(self._numbers)
            self._answers[number] = (job.result, index)
            return number, data
        return None

    def answered(self, number, data):
        with self._group.lock:
            result, index = self._answers.pop(number)
            if self._state == RUN or self._jobs:
                self._repopulate()
        self._advance()
        succeeded, value = _lab_workers.loads(data, "result")
        result.settle(index, succeeded, value)
        self._end_if_done()

    def died(self, numbers, reason):
        if self._state != TERMINATE:
            self._repopulate()
            self._advance()

    def _advance(self):
        with self._group.lock:
            # The iterator of a job runs code of the user, in which answers may be delivered, which come back here.
            is_within = self._is_advancing
            self._is_advancing = True
            try:
                self._hand_out()
                while self._was_refused and not is_within:
                    self._was_refused = False
                    self._hand_out()
            finally:
                self._is_advancing = is_within
            failed = list(self._failed)
            self._failed.clear()
        for result, index, error in failed:
            result.settle(index, False, error)
        self._end_if_done()

    def _hand_out(self):
        self._group.feed()
        while self._jobs and self._jobs[0].left == 0:
            self._jobs.popleft()
        if self._jobs:
            self._jobs[0].take_ahead()

    def _end_if_done(self):
        with self._group.lock:
            if self._state != CLOSE or self._jobs or self._answers:
                return
        self._end()

    def _end(self):
        self._jobs.clear()
        self._group.stop()
        _open.discard(self)
        self._ended.set()


def default_chunksize(n_items, n_processes):
    """CPython's rule: four chunks for each process, rounded up."""
    chunksize, extra = divmod(n_items, n_processes * 4)
    return chunksize + 1 if extra else chunksize


def _chunks(items, size):
    items = iter(items)
    while chunk := tuple(itertools.islice(items, size)):
        yield chunk


class _Job:
    """Calls that belong to one result."""

    def __init__(self, result, calls, length, what, takes_ahead):
        self.result = result
        self.calls = calls  # iterator of (index, message)
        self.left = length
        self.what = what
        self._takes_ahead = takes_ahead
        self._ahead = deque()  # (index, data, error): calls that can be sent
        self._ahead_bytes = 0
        self._is_taking = False

    def is_busy(self):
        """Whether a call has to wait for the iterator, which is at work: it can't be asked within itself."""
        return self._is_taking and not self._ahead

    def next_call(self):
        """``(index, data, error)``: bytes that can be sent, or why not; None where there is no more."""
        if not self._ahead:
            return self._take()
        call = self._ahead.popleft()
        self._ahead_bytes -= len(call[1])
        return call

    def take_ahead(self):
        """As CPython's feeding thread, takes what a pipe has room for; but not for long: its caller waits."""
        until = time.monotonic() + _AHEAD_S
        if self._is_taking:
            return
        while self._takes_ahead and self._ahead_bytes < _AHEAD_BYTES and time.monotonic() < until:
            call = self._take()
            if call is None:
                self._takes_ahead = False
                return
            self._ahead.append(call)
            self._ahead_bytes += len(call[1])

    def _take(self):
        self._is_taking = True
        try:
            return self._take_next()
        finally:
            self._is_taking = False

    def _take_next(self):
        call = next(self.calls, None)
        if call is None:
            return None
        index, message = call
        try:
            if isinstance(message, _Failure):
                raise message.error
            return index, _lab_workers.dumps((_run, *message), self.what), None
        except Exception as error:
            return index, b"", error


class _Failure:
    """Stands for a call that could not be made: the iterable has raised."""

    def __init__(self, error):
        self.error = error


def _counted(calls, result):
    """Passes the calls on, and tells the result how many they were; an iterable's error becomes a result."""
    index = -1
    try:
        for index, call in calls:
            yield index, call
    except Exception as error:
        index += 1
        yield index, _Failure(error)
    result.set_length(index + 1)


def _map_chunk(func, chunk):
    return [func(item) for item in chunk]


def _starmap_chunk(func, chunk):
    return [func(*items) for items in chunk]


def _set_up(configuration, initializer, initargs):
    """In the child: its first message. As in CPython, an initializer that raises ends the process."""
    process.adopt(configuration)
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException as error:
            import sys
            import traceback

            print(f"Process {configuration[0]}:", file=sys.stderr)
            traceback.print_exception(error)
            raise SystemExit(1) from None
    return b""


def _run(func, args, kwds):
    """In the child: one call."""
    start = _processes.now_ms()
    what = _lab_workers.name_of(args[0] if func in (_map_chunk, _starmap_chunk) else func)
    try:
        answer = (True, func(*args, **kwds))
    except ProcessExit:
        raise
    except SystemExit as error:
        raise SystemExit(_lab_child.exit_code(error)) from None  # ends the process, as in CPython
    except Exception as error:
        answer = (False, _ExceptionWithTraceback(error))
    _processes.record("task", start, _processes.now_ms(), what)
    try:
        data = _lab_workers.dumps(answer, what)
    except Exception as error:
        data = _lab_workers.dumps((False, MaybeEncodingError(error, answer[1])), what)
    return _lab_group.answer(start, data)


class _ExceptionWithTraceback:
    """Arrives in the parent as the exception itself, caused by the text of its traceback."""

    def __init__(self, error):
        self.text = _lab_workers.remote_text(error)
        self.error = error

    def __repr__(self):
        return repr(self.error)

    def __reduce__(self):
        return _with_cause, (self.error, self.text)


def _with_cause(error, text):
    error.__cause__ = RemoteTraceback(text)
    return error


class _ThreadContext:
    """What CPython's ThreadPool asks its context for."""

    class SimpleQueue(queue.SimpleQueue):
        """A queue that stands for its own end of a pipe, as something to wait for."""

        @property
        def _reader(self):
            return self


def _wait(sentinels, timeout=None):
    """Until there is something in the queue, which stays there."""
    sentinels[0].put(sentinels[0].get())


def __getattr__(name):
    if name != "ThreadPool":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # CPython's own: it needs nothing that threads have not. Few scripts want it.
    from multiprocessing import _thread_pool

    _thread_pool.get_context, _thread_pool.wait = _ThreadContext, _wait
    for kind in vars(_thread_pool).values():
        if isinstance(kind, type) and kind.__module__ == _thread_pool.__name__:
            kind.__module__ = __name__
    globals()[name] = _thread_pool.ThreadPool
    return _thread_pool.ThreadPool


def _at_exit():
    for pool in list(_open):
        pool.terminate()


atexit.register(_at_exit)
