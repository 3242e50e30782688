"""Contexts: everything that depends on how processes are started, which in the browser is "spawn"."""

import importlib
import threading

import _lab_shared
import _processes
from multiprocessing import process, reduction  # noqa: F401  (CPython's files take `reduction` from here)


class ProcessError(Exception):
    """The package's errors."""


class BufferTooShort(ProcessError):
    """A message is longer than the place for it."""


class TimeoutError(ProcessError):
    """A result was not there in time."""


class AuthenticationError(ProcessError):
    """Never raised here: within a tab nobody has to prove who they are."""


class SpawnProcess(process.BaseProcess):
    """A process of the context "spawn"."""


class Process(process.BaseProcess):
    """A process of the default context."""


_spawning = threading.local()


def get_spawning_popen():
    """What is true while a process is started: then what processes share may be pickled."""
    return getattr(_spawning, "popen", None)


def set_spawning_popen(popen):
    _spawning.popen = popen


def assert_spawning(obj):
    """Raises unless a process is started now."""
    if get_spawning_popen() is None:
        raise RuntimeError(f"{type(obj).__name__} objects should only be shared between processes through inheritance")


# What processes share, and the module that has it.
_SHARED = {
    **dict.fromkeys(("Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore"), "synchronize"),
    **dict.fromkeys(("JoinableQueue", "Queue", "SimpleQueue"), "queues"),
    **dict.fromkeys(("Array", "RawArray", "RawValue", "Value"), "sharedctypes"),
    "Pipe": "connection",
    "Manager": "managers",
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

    def get_logger(self):
        """The package's logger."""
        from multiprocessing import util

        return util.get_logger()

    def log_to_stderr(self, level=None):
        """The package's logger, which writes to standard error from now on."""
        from multiprocessing import util

        return util.log_to_stderr(level)

    def allow_connection_pickling(self):
        """Nothing to do: connections can be sent as they are."""

    def set_executable(self, executable):
        """Nothing to do: there is no program to start, only workers."""

    def set_forkserver_preload(self, module_names):
        """Nothing to do: there is no fork server."""

    @property
    def reducer(self):
        """What pickles for other processes."""
        return reduction

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
        if name not in _SHARED:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _maker(self, name)


def _maker(context, name):
    def make(*args, **kwargs):
        _lab_shared.check(name)
        module = importlib.import_module(f"multiprocessing.{_SHARED[name]}")
        if name == "Manager":
            manager = module.SyncManager(*args, ctx=context.get_context(), **kwargs)
            manager.start()
            return manager
        if name not in ("Pipe", "RawArray", "RawValue"):
            kwargs["ctx"] = context.get_context()
        return getattr(module, name)(*args, **kwargs)

    make.__name__ = make.__qualname__ = name
    return make


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
        return sorted({*super().__dir__(), *_SHARED})


spawn_context = SpawnContext()
default_context = DefaultContext()
_default_context = default_context
