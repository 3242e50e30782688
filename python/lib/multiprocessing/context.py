"""Contexts: everything that depends on how processes are started, which in the browser is "spawn"."""

import _processes
from multiprocessing import process


class ProcessError(Exception):
    """The package's errors."""


class BufferTooShort(ProcessError):
    """Never raised here: there are no connections."""


class TimeoutError(ProcessError):
    """A result was not there in time."""


class AuthenticationError(ProcessError):
    """Never raised here: there are no connections."""


class SpawnProcess(process.BaseProcess):
    """A process of the context "spawn"."""


class Process(process.BaseProcess):
    """A process of the default context."""


_SHARED = "in the browser processes share nothing: "
_MISSING = {
    "Array": "there is no memory that two processes could both see. Return results instead",
    "Barrier": "a process cannot wait for another one. Return results instead",
    "BoundedSemaphore": "a process cannot wait for another one. Return results instead",
    "Condition": "a process cannot wait for another one. Return results instead",
    "Event": "a process cannot wait for another one. Return results instead",
    "JoinableQueue": "a process cannot wait for another one's message. Use Pool or ProcessPoolExecutor",
    "Lock": "a process cannot wait for another one. Return results instead, or use threading.Lock between threads",
    "Manager": "there is no server that keeps objects for several processes. Return results instead",
    "Pipe": "a process cannot wait for another one's message. Use Pool or ProcessPoolExecutor",
    "Queue": "a process cannot wait for another one's message. Use Pool or ProcessPoolExecutor",
    "RLock": "a process cannot wait for another one. Return results instead, or use threading.RLock between threads",
    "RawArray": "there is no memory that two processes could both see. Return results instead",
    "RawValue": "there is no memory that two processes could both see. Return results instead",
    "Semaphore": "a process cannot wait for another one. Return results instead",
    "SimpleQueue": "a process cannot wait for another one's message. Use Pool or ProcessPoolExecutor",
    "Value": "there is no memory that two processes could both see. Return results instead",
}


class SpawnContext:
    """What CPython's context "spawn" offers, as far as it can work here."""

    Process = SpawnProcess

    ProcessError = ProcessError
    BufferTooShort = BufferTooShort
    TimeoutError = TimeoutError
    AuthenticationError = AuthenticationError

    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """A pool of processes."""
        from multiprocessing.pool import Pool

        return Pool(processes, initializer, initargs, maxtasksperchild, context=self.get_context())

    def cpu_count(self):
        """How many cores the browser says there are."""
        return _processes.cpu_count()

    def freeze_support(self):
        """Nothing to do: there are no frozen executables here."""

    def get_context(self, method=None):
        """The context of a start method."""
        if method in (None, "spawn"):
            return spawn_context
        raise ValueError(f"cannot find context for {method!r}")

    def get_start_method(self, allow_none=False):
        return "spawn"

    def set_start_method(self, method, force=False):
        raise ValueError("cannot set start method of concrete context")

    def get_all_start_methods(self):
        return ["spawn"]

    def __getattr__(self, name):
        if name not in _MISSING:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _refusal(name)


def _refusal(name):
    def refuse(*args, **kwargs):
        raise NotImplementedError(f"no multiprocessing.{name} here: {_SHARED}{_MISSING[name]}.")

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


class DefaultContext(SpawnContext):
    """The context of the module's own functions: its start method can be chosen once."""

    Process = Process

    def __init__(self):
        self._chosen = None

    def set_start_method(self, method, force=False):
        if self._chosen is not None and not force:
            raise RuntimeError("context has already been set")
        self._chosen = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        if self._chosen is None:
            if allow_none:
                return None
            self._chosen = spawn_context
        return "spawn"

    def get_context(self, method=None):
        if method is None and self._chosen is None:
            self._chosen = spawn_context
        return super().get_context(method)

    def __dir__(self):
        return sorted({*super().__dir__(), *_MISSING})


spawn_context = SpawnContext()
default_context = DefaultContext()
