"""One process: started, waited for, ended. Also who we are ourselves."""

import atexit
import itertools
import os
import sys
import threading

import _lab_child
import _lab_shared
import _lab_workers
import _processes
from _lab_identity import ProcessExit, pid_of

_numbers = itertools.count(1)
_children = set()  # BaseProcess, started and not known to have ended

# What a signal would do to an operating system's process is here one and the same: the worker is ended.
_EXIT_CODE_TERMINATED = -15
_EXIT_CODE_KILLED = -9
_SIGNALS = {_EXIT_CODE_TERMINATED: "-SIGTERM", _EXIT_CODE_KILLED: "-SIGKILL"}


def current_process():
    """The process that we are in."""
    return _current


def parent_process():
    """The process that has started ours; None in the main script."""
    return _parent


def active_children():
    """The children that live."""
    _lab_workers.deliver()
    # A copy: who is found to have ended is taken out.
    return [child for child in list(_children) if child.is_alive()]


class AuthenticationString(bytes):
    """What managers prove with who they are; not here, within a tab."""


class BaseProcess:
    """What `Process` and the contexts' process classes share."""

    authkey = AuthenticationString(b"one tab")
    _config = {"semprefix": "/mp"}

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, "group argument must be None for now"
        self._identity = (*_current._identity, next(_numbers))
        self._name = name or f"{type(self).__name__}-{':'.join(map(str, self._identity))}"
        self._daemon = _current._daemon if daemon is None else daemon
        self._parent_pid = os.getpid()
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._child = None
        self._closed = False

    def run(self):
        """What the process does; may be overridden."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Starts the process; object, target and arguments are pickled."""
        self._check_open()
        assert self._child is None, "cannot start a process twice"
        assert self._parent_pid == os.getpid(), "can only start a process object created by current process"
        assert not _current._daemon, "daemonic processes are not allowed to have children"
        _lab_workers.check_may_start()
        data = _lab_workers.dumps_for_start((_run, self, _logging()), self._name)
        self._child = _Child(self)
        _children.add(self)
        self._child.worker.send(data)
        # What was called is the child's now.
        del self._target, self._args, self._kwargs

    def join(self, timeout=None):
        """Waits until it has ended, at most `timeout` seconds."""
        self._check_open()
        assert self._parent_pid == os.getpid(), "can only join a child process"
        assert self._child is not None, "can only join a started process"
        _lab_workers.deliver()
        self._child.ended.wait(timeout)

    def is_alive(self):
        """Whether it runs."""
        self._check_open()
        if self is _current:
            return True
        assert self._parent_pid == os.getpid(), "can only test a child process"
        return self._child is not None and self.exitcode is None

    def terminate(self):
        """Ends it at once."""
        self._check_open()
        self._child.end(_EXIT_CODE_TERMINATED)

    def kill(self):
        """Ends it at once."""
        self._check_open()
        self._child.end(_EXIT_CODE_KILLED)

    def close(self):
        """Gives up what belongs to it."""
        if self._child is not None:
            if self.exitcode is None:
                raise ValueError(
                    "Cannot close a process while it is still running. "
                    "You should first call join() or terminate()."
                )
            self._child = None
        self._closed = True

    @property
    def exitcode(self):
        """None while it runs; 0, the code of sys.exit, 1 for an exception, negative if it was ended."""
        self._check_open()
        if self._child is None:
            return None
        _lab_workers.deliver()
        return self._child.exitcode

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        """Whether it is ended with the main script, instead of waited for."""
        return self._daemon

    @daemon.setter
    def daemon(self, daemon):
        assert self._child is None, "process has already started"
        self._daemon = daemon

    @property
    def pid(self):
        """Its number, None before the start."""
        self._check_open()
        if self is _current:
            return os.getpid()
        return self._child and self._child.worker.pid

    ident = pid

    @property
    def sentinel(self):
        raise NotImplementedError("no sentinel here: the browser has no handles to wait for. Use join().")

    @property
    def _popen(self):
        """What `multiprocessing.util` ends at the end of the script."""
        return self._child

    def _check_open(self):
        if self._closed:
            raise ValueError("process object is closed")

    def __getstate__(self):
        return {**self.__dict__, "_child": None}

    def __repr__(self):
        info = [type(self).__name__, f"name={self._name!r}"]
        if self._closed:
            return f"<{' '.join(info)} closed>"
        code = None
        if self._child is not None:
            info.append(f"pid={self.pid}")
            code = self.exitcode
        info.append(f"parent={self._parent_pid}")
        if self._child is None:
            info.append("started" if self is _current else "initial")
        else:
            info.append("started" if code is None else "stopped")
        if code is not None:
            info.append(f"exitcode={_SIGNALS.get(code, code)}")
        if self._daemon:
            info.append("daemon")
        return f"<{' '.join(info)}>"


class _Child:
    """The running side of a process object, in the parent."""

    def __init__(self, process):
        self.process = process
        self.name = process._name
        self.exitcode = None
        self.ended = threading.Event()
        self.worker = _lab_workers.Worker(self, process._name)

    def end(self, exitcode):
        if self.exitcode is None:
            self._over(exitcode)
            self.worker.terminate()

    def terminate(self):
        self.end(_EXIT_CODE_TERMINATED)

    def on_message(self, worker, data):
        if self.exitcode is None:
            self._over(_lab_workers.loads(data, self.name))
            worker.terminate()  # it has done all it was there for

    def on_ended(self, worker, reason):
        if self.exitcode is None:
            code = reason.rpartition(" ")[2]  # "exit code 3", "3", or a sentence
            self._over(int(code) if code.isdigit() else 1)

    def _over(self, exitcode):
        self.exitcode = exitcode
        _children.discard(self.process)
        self.process = None  # whoever wants it has it
        self.ended.set()


class _MainProcess(BaseProcess):
    """The process of the main script."""

    def __init__(self):
        self._identity = ()
        self._name = "MainProcess"
        self._daemon = False
        self._parent_pid = None
        self._child = None
        self._closed = False

    def close(self):
        pass


class _ParentProcess(_MainProcess):
    """What a child knows of who has started it."""

    def is_alive(self):
        return True

    @property
    def pid(self):
        return pid_of(0)

    ident = pid


def new_configuration(class_name, daemon):
    """What a worker of a pool has to know of itself: a name as if it were a process of its own."""
    identity = (*_current._identity, next(_numbers))
    return (f"{class_name}-{':'.join(map(str, identity))}", identity, daemon, _logging())


def _logging():
    """What a child takes over of the package's logger, if anybody has asked for one: its level, and whether it writes."""
    util = sys.modules.get("multiprocessing.util")
    if util is None or util._logger is None:
        return None
    return util._logger.getEffectiveLevel(), util._log_to_stderr


def _take_over(logging):
    if logging is None:
        return
    from multiprocessing import util

    level, to_stderr = logging
    util.get_logger().setLevel(level)
    if to_stderr:
        util.log_to_stderr(level)
    util.info("child process calling self.run()")


def become_child():
    """This interpreter is a child's: be one, until the parent says more."""
    global _parent
    _parent = _ParentProcess()
    _current._name = _lab_shared.told_name() or f"SpawnProcess-{_processes.handle()}"
    _current._parent_pid = _parent.pid


def adopt(configuration):
    """In a child of a pool: be who the parent says."""
    if configuration is not None:
        _current._name, _current._identity, _current._daemon, logging = configuration
        _take_over(logging)


def _run(process, logging):
    """In a child: the whole life of a process. The answer is its exit code."""
    global _current
    import pickle

    _current = process
    _take_over(logging)
    start = _processes.now_ms()
    exitcode = _exit_code_of(process)
    if "multiprocessing.util" in sys.modules:
        util = sys.modules["multiprocessing.util"]
        util.info("process exiting with exitcode %d", exitcode)
        util._exit_function()  # what queues have not sent yet
    _processes.record("task", start, _processes.now_ms(), process._name)
    return pickle.dumps(exitcode)


def _exit_code_of(process):
    try:
        process.run()
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        return 0
    except ProcessExit:
        raise
    except SystemExit as error:
        return _lab_child.exit_code(error)
    except BaseException:
        import traceback

        print(f"Process {process._name}:", file=sys.stderr)
        traceback.print_exc()
        return 1


def _at_exit():
    """At the end of the script daemons are ended, and the others waited for."""
    for child in list(_children):
        if child._daemon:
            child.terminate()
    for child in list(_children):
        child.join()


_current = _MainProcess()
_parent = None
if _processes.is_child():
    become_child()
atexit.register(_at_exit)
