"""Stands for the interpreter's module `_region`: a file that all processes map, and look at again every millisecond."""

import atexit
import fcntl
import mmap
import os
import struct
import time

import _processes

_BYTES = 16 << 20
_HEAD = 1024
_WORD = struct.Struct("<I")

_path = os.environ.get("STAND_IN_REGION")
if _path is None:
    _path = f"/tmp/stand-in-region-{os.urandom(8).hex()}"
    _fd = os.open(_path, os.O_RDWR | os.O_CREAT)
    os.environ["STAND_IN_REGION"] = _path
    os.truncate(_path, _BYTES)
    atexit.register(os.unlink, _path)
else:
    _fd = os.open(_path, os.O_RDWR)
_map = mmap.mmap(_fd, _BYTES)
_lock = _processes.raw_lock()


def size():
    return _BYTES


def slot():
    return _processes.handle()


def load(at):
    return _WORD.unpack_from(_map, at)[0]


def store(at, value):
    _WORD.pack_into(_map, at, value)


def _change(at, new_of):
    with _lock:
        fcntl.lockf(_fd, fcntl.LOCK_EX)
        try:
            old = load(at)
            new = new_of(old)
            if new is not None:
                store(at, new & 0xFFFFFFFF)
            return old
        finally:
            fcntl.lockf(_fd, fcntl.LOCK_UN)


def replace(at, old, new):
    return _change(at, lambda value: new if value == old else None) == old


def add(at, value):
    return _change(at, lambda old: old + value)


def allocate(count):
    count = count + 7 & ~7
    given = _change(0, lambda old: old + count if old + count <= _BYTES - _HEAD else None)
    return _HEAD + given if given + count <= _BYTES - _HEAD else 0


def read(at, count):
    return _map[at : at + count]


def write(at, data):
    assert isinstance(data, bytes)
    _map[at : at + len(data)] = data


def _until(ready, timeout):
    deadline = None if timeout is None else time.monotonic() + timeout
    while not ready():
        if deadline is not None and time.monotonic() >= deadline:
            return False
        _processes.idle(0.001)
    return True


def acquire(at, timeout=None):
    return _until(lambda: _change(at, lambda old: old - 1 if old else None) > 0, timeout)


def wait(at, seen, timeout=None):
    return _until(lambda: load(at) != seen, timeout)


def wait_for_any(places, seen, timeout=None):
    return _until(lambda: any(load(at) != old for at, old in zip(places, seen)), timeout)
