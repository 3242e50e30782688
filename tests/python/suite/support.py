"""What CPython's test_concurrent_futures asks of the package test.support, as far as it makes sense in a tab."""

import contextlib
import gc
import io
import os
import sys
import time
import types


def _module(name, **content):
    module = types.ModuleType(name)
    module.__dict__.update(content)
    sys.modules[name] = module
    return module


# What the tests import and only use where we skip them.
_module("signal")
_module("faulthandler", disable=lambda: None, _sigsegv=lambda *how: os._exit(139))
_module("unittest.mock")
_module("unittest.main", TestProgram=None, main=None)
_module(
    "unittest.signals", installHandler=None, registerResult=lambda result: None, removeResult=None, removeHandler=None
)
_module("logging.handlers", QueueHandler=None)
_module("tempfile", TemporaryFile=None)

import unittest  # noqa: E402  (it imports what stands above)

verbose = False
Py_GIL_DISABLED = False
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 120.0
PIPE_MAX_SIZE = 4 * 1024 * 1024 + 1


def _unchanged(*args, **options):
    """A decorator, or one that makes a decorator: either way the test stays as it is."""
    if len(args) == 1 and callable(args[0]):
        return args[0]
    return _unchanged


cpython_only = requires_resource = requires_gil_enabled = skip_if_sanitizer = _unchanged


def requires_fork():
    return unittest.skip("there is no fork")


def check_sanitizer(**options):
    return False


def gc_collect():
    gc.collect()


def reap_children():
    pass


def setswitchinterval(interval):
    sys.setswitchinterval(interval)


@contextlib.contextmanager
def captured_stderr():
    before, sys.stderr = sys.stderr, io.StringIO()
    try:
        yield sys.stderr
    finally:
        sys.stderr = before


@contextlib.contextmanager
def swap_attr(thing, name, value):
    before = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield before
    finally:
        setattr(thing, name, before)


def sleeping_retry(timeout, message=None, **options):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        yield
        time.sleep(0.02)
    raise AssertionError(message)


def busy_retry(timeout, message=None, **options):
    return sleeping_retry(timeout, message)


def _no_command_line(*args, **options):
    raise unittest.SkipTest("there is no command line that would start a second interpreter")


@contextlib.contextmanager
def _started(threads, unlock=None):
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        if unlock:
            unlock()
        for thread in threads:
            thread.join()


def _join_thread(thread, timeout=None):
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError("the thread has not ended")


threading_helper = _module(
    "test.support.threading_helper",
    threading_setup=lambda: (),
    threading_cleanup=lambda *key: None,
    requires_working_threading=lambda **options: _unchanged,
    start_threads=_started,
    join_thread=_join_thread,
    reap_threads=_unchanged,
)
hashlib_helper = _module("test.support.hashlib_helper", requires_hashdigest=lambda *names: _unchanged)
script_helper = _module(
    "test.support.script_helper", assert_python_ok=_no_command_line, assert_python_failure=_no_command_line
)

try:
    import multiprocessing.util
except ImportError:
    import multiprocessing

    multiprocessing.util = _module("multiprocessing.util", _cleanup_tests=lambda: None)

import concurrent.futures.process

# CPython's own pipe, which one of the tests replaces.
concurrent.futures.process._ThreadWakeup = getattr(concurrent.futures.process, "_ThreadWakeup", None)
