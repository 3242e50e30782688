"""Processes as their parent sees them, and the way of their events to whoever owns them.

The host (module ``_processes``) only moves bytes. Nothing here runs in a thread of its own: the host calls
`deliver` in whichever thread blocks, so that processes work the same with and without threads. An owner has
two methods, ``on_message(worker, data)`` and ``on_ended(worker, reason)``; both are called by `deliver`.

A message to a child is a pickled tuple: a function of our library, by name, and its arguments
(`_lab_child.handle` calls it). What it returns are the bytes of the answer.
"""

import pickle
from _thread import allocate_lock
from collections import deque

import _lab_shared
import _processes
from _lab_identity import pid_of

# What CPython says to a script without `if __name__ == "__main__"`.
_NOT_BOOTSTRAPPED = """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """

# True in a child while it imports the script (`_lab_child.prepare`).
importing_main = False

_table = allocate_lock()  # guards the next; held while a process is started, so that none of its events comes early
_workers = {}  # handle -> Worker, until it has ended

_delivering = allocate_lock()
_backlog = deque()  # events taken from the host and not handled yet


class Worker:
    """One process: where to send, and who hears its answers."""

    def __init__(self, owner, name):
        check_may_start()
        self.owner = owner
        with _table:
            self.handle = _processes.spawn()
            _workers[self.handle] = self
        self._slot = _processes.slot(self.handle)
        _lab_shared.tell_name(self._slot, name)  # it has it long before it stands

    @property
    def pid(self):
        """The number that stands for it in ``os.getpid`` and ``Process.pid``."""
        return pid_of(self.handle)

    def send(self, data):
        _processes.send(self.handle, data)

    def terminate(self):
        """Ends it at once; its owner still hears ``on_ended``."""
        _processes.terminate(self.handle)
        self.is_gone()

    def is_gone(self):
        """What it shared is not its own any more."""
        slot, self._slot = self._slot, -1
        _lab_shared.gone(slot)


def check_may_start():
    """Raises where CPython, or the browser, does not let a process be started."""
    if importing_main:
        raise RuntimeError(_NOT_BOOTSTRAPPED)
    if _processes.is_child():
        raise NotImplementedError("in the browser only the main script can start processes, not a child of it")


def deliver():
    """Handles every event that has come. The host's hook; may be called at any time, by any thread."""
    if not _delivering.acquire(False):
        return  # another thread, or a caller further up, is at it
    try:
        while True:
            _backlog.extend(_processes.poll())
            if not _backlog:
                return
            # One by one, so that none is lost if a handler raises (KeyboardInterrupt, Stop).
            _handle(_backlog.popleft())
    finally:
        _delivering.release()


def _handle(event):
    handle, kind, content = event
    with _table:
        worker = _workers.pop(handle, None) if kind == "ended" else _workers.get(handle)
    if worker is None:
        return  # it has ended before
    if kind == "message" and content:
        worker.owner.on_message(worker, content)
    elif kind == "ended":
        worker.is_gone()
        worker.owner.on_ended(worker, content)


def dumps(message, what):
    """Pickles for another process; time and size go onto the timeline."""
    start = _processes.now_ms()
    data = pickle.dumps(message)
    _processes.record("pickle", start, _processes.now_ms(), f"{what}, {len(data)} bytes")
    return data


def dumps_for_start(message, what):
    """The same for a process that is being started: what processes share may be in it."""
    from multiprocessing import context

    context.set_spawning_popen(context)
    try:
        return dumps(message, what)
    finally:
        context.set_spawning_popen(None)


def loads(data, what):
    """The counterpart of `dumps`."""
    start = _processes.now_ms()
    message = pickle.loads(data)
    _processes.record("unpickle", start, _processes.now_ms(), f"{what}, {len(data)} bytes")
    return message


def name_of(function):
    """What the timeline calls a function."""
    while hasattr(function, "func"):  # a partial; where it carries a function along, that one
        function = next(filter(callable, function.args), function.func)
    return getattr(function, "__name__", type(function).__name__)


def remote_text(error):
    """The traceback of a child's exception, as CPython prints it in the parent."""
    import traceback

    return '\n"""\n%s"""' % "".join(traceback.format_exception(error))


_processes.set_hook(deliver)
