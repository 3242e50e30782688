"""A stand-in for the interpreter's native module `_processes`, for CPython: real processes, bytes over pipes.

For developing python/lib without a browser, and for its tests. The interpreter calls the hook in whichever thread
blocks. CPython's locks know nothing of it, so there are two ways here: by default `blocking.py` replaces the locks;
with STAND_IN_HOOK=thread a thread of its own calls the hook, as if another thread of the script blocked all the time.
"""

import _thread
import os
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

_LENGTH = struct.Struct("<Q")
_HERE = Path(__file__).parent

raw_lock = _thread.allocate_lock

_own_handle = int(os.environ.get("STAND_IN_HANDLE", "0"))
_sleep = time.sleep
_start = time.perf_counter()
_children = {}  # handle -> (Popen, file to write to)
_next_handle = 1
_events = deque()
_changed = threading.Condition()
_hook = None
_inside = threading.local()

spans = []


def spawn():
    global _next_handle
    handle, _next_handle = _next_handle, _next_handle + 1
    to_child, from_parent = os.pipe()
    to_parent, from_child = os.pipe()
    script = os.path.abspath(sys.modules["__main__"].__file__)
    command = [sys.executable, _HERE / "child_host.py", str(to_child), str(from_child), script]
    environment = {**os.environ, "STAND_IN_HANDLE": str(handle)}
    process = subprocess.Popen(command, pass_fds=(to_child, from_child), env=environment)
    os.close(to_child)
    os.close(from_child)
    _children[handle] = (process, os.fdopen(from_parent, "wb"))
    # Not `Thread.start`, which waits for the thread: `spawn` does not block, and so never calls the hook.
    _thread.start_new_thread(_read, (handle, process, os.fdopen(to_parent, "rb")))
    return handle


def send(handle, data):
    try:
        write_frame(_children[handle][1], data)
    except BrokenPipeError:
        pass  # it has ended: the event is on its way


def poll():
    with _changed:
        events = list(_events)
        _events.clear()
    return events


def wait(timeout):
    with _changed:
        _changed.wait_for(lambda: _events, timeout)


def terminate(handle):
    _children[handle][0].kill()


def set_hook(hook):
    global _hook
    if _hook is None and os.environ.get("STAND_IN_HOOK") == "thread":
        threading.Thread(target=_run_hook, daemon=True).start()
    _hook = hook


def cpu_count():
    return os.cpu_count()


def start_method():
    return "spawn"


def is_child():
    return _own_handle != 0


def handle():
    return _own_handle


def slot(handle):
    return handle


def record(kind, start_ms, end_ms, label):
    assert kind in ("task", "pickle", "unpickle") and start_ms <= end_ms and isinstance(label, str)
    spans.append((kind, start_ms, end_ms, label))


def now_ms():
    return (time.perf_counter() - _start) * 1000


def write_frame(file, data):
    file.write(_LENGTH.pack(len(data)) + data)
    file.flush()


def read_frame(file):
    """None at the end."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = file.read(_LENGTH.unpack(head)[0])
    return data


def idle(timeout):
    """What a blocked thread does: calls the hook if there are events, else waits a little for one."""
    if _events and _hook is not None and not getattr(_inside, "hook", False):
        _inside.hook = True
        try:
            _hook()
        finally:
            _inside.hook = False
    else:
        _sleep(timeout)  # not `_changed.wait`, whose lock would come here again


def _read(handle, process, file):
    started = now_ms()
    while (data := read_frame(file)) is not None:
        if data == b"ready":
            _tell((handle, "ready", now_ms() - started))
        else:
            _tell((handle, "message", data))
    _tell((handle, "ended", f"exit code {process.wait()}"))


def _tell(event):
    with _changed:
        _events.append(event)
        _changed.notify_all()


def _run_hook():
    while True:
        wait(None)
        if _hook is not None:
            _hook()
        if _events:
            time.sleep(0.0005)  # another thread is at it
