"""What CPython's tests ask of the package test.support, as far as it makes sense in a tab."""

import _thread
import contextlib
import gc
import importlib
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


def _stand_in(name, **content):
    """For a module that there need not be: the tests import it, and use it only where we skip them."""
    try:
        importlib.import_module(name)
    except ImportError:
        _module(name, **content)


# The numbers of the signals that exit codes tell; none can be sent.
_module("signal", SIGINT=2, SIGKILL=9, SIGTERM=15, SIG_IGN=1, signal=lambda number, action: None)
def _resolved(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        place, _, last = name.rpartition(".")
        return getattr(_resolved(place), last)


_module("faulthandler", disable=lambda: None, _sigsegv=lambda *how: os._exit(139))
_stand_in("pkgutil", resolve_name=_resolved)
_stand_in("subprocess")
_stand_in("socket")

import unittest  # noqa: E402  (it imports what stands above)

verbose = False
environment_altered = False
has_fork_support = False
HAVE_ASAN_FORK_BUG = False
Py_GIL_DISABLED = False
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 120.0
PIPE_MAX_SIZE = 4 * 1024 * 1024 + 1
SOCK_MAX_SIZE = 16 * 1024 * 1024 + 1


def _unchanged(*args, **options):
    """A decorator, or one that makes a decorator: either way the test stays as it is."""
    if len(args) == 1 and callable(args[0]):
        return args[0]
    return _unchanged


cpython_only = requires_resource = requires_gil_enabled = skip_if_sanitizer = force_not_colorized = _unchanged


def requires_fork():
    return unittest.skip("there is no fork")


def requires_subprocess():
    return unittest.skip("there are no programs to start")


def check_sanitizer(**options):
    return False


def skip_if_broken_multiprocessing_synchronize():
    pass


def gc_collect():
    gc.collect()


def reap_children():
    pass


def print_warning(text):
    print("WARNING", text, flush=True)


def setswitchinterval(interval):
    sys.setswitchinterval(interval)


def run_in_subinterp(code):
    raise unittest.SkipTest("there are no subinterpreters")


run_in_subinterp_with_config = run_in_subinterp


def wait_process(pid, *, exitcode, timeout=None):
    raise unittest.SkipTest("there are no programs to wait for")


@contextlib.contextmanager
def captured_output(name):
    before = getattr(sys, name)
    setattr(sys, name, io.StringIO())
    try:
        yield getattr(sys, name)
    finally:
        setattr(sys, name, before)


def captured_stderr():
    return captured_output("stderr")


class SuppressCrashReport(contextlib.nullcontext):
    pass


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    def is_public(name, thing):
        if name.startswith("_") or name in not_exported:
            return False
        place = getattr(thing, "__module__", None)
        return place == module.__name__ or place is None and not isinstance(thing, types.ModuleType)

    expected = {name for name in dir(module) if is_public(name, getattr(module, name))}
    test_case.assertCountEqual(module.__all__, expected | set(extra))


@contextlib.contextmanager
def swap_attr(thing, name, value):
    before = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield before
    finally:
        setattr(thing, name, before)


def sleeping_retry(timeout, message=None, *, error=True, **options):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        yield
        time.sleep(0.02)
    if error:
        raise AssertionError(message)


def busy_retry(timeout, message=None, **options):
    return sleeping_retry(timeout, message, **options)


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
    thread.join(SHORT_TIMEOUT if timeout is None else timeout)
    if thread.is_alive():
        raise AssertionError("the thread has not ended")


@contextlib.contextmanager
def _threads_end(timeout=SHORT_TIMEOUT):
    before = _thread._count()
    yield
    for _ in sleeping_retry(timeout, "threads have not ended"):
        gc.collect()
        if _thread._count() <= before:
            break


def _fresh_module(name, fresh=(), blocked=(), **options):
    """The module imported anew, as if the blocked ones were not there; None if that can't be."""
    before = {other: sys.modules.pop(other, None) for other in (name, *fresh, *blocked)}
    sys.modules.update(dict.fromkeys(blocked))
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
    finally:
        for other, module in before.items():
            if module is None:
                sys.modules.pop(other, None)
            else:
                sys.modules[other] = module


def _module_or_skip(name, **options):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None


@contextlib.contextmanager
def _folder_of_its_own():
    raise unittest.SkipTest("there are no folders to be in")
    yield


class _FakePath:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def _unlink(path):
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


@contextlib.contextmanager
def _temporary_folder():
    import tempfile

    with tempfile.TemporaryDirectory() as path:
        yield path


@contextlib.contextmanager
def _check_warnings(*filters, quiet=True):
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for text, category in filters:
        if not any(issubclass(it.category, category) for it in caught):
            raise AssertionError(f"no warning {text!r}")


threading_helper = _module(
    "test.support.threading_helper",
    threading_setup=lambda: (),
    threading_cleanup=lambda *key: None,
    requires_working_threading=lambda **options: _unchanged,
    start_threads=_started,
    join_thread=_join_thread,
    reap_threads=_unchanged,
    wait_threads_exit=_threads_end,
)
hashlib_helper = _module("test.support.hashlib_helper", requires_hashdigest=lambda *names: _unchanged)
script_helper = _module(
    "test.support.script_helper", assert_python_ok=_no_command_line, assert_python_failure=_no_command_line
)
import_helper = _module(
    "test.support.import_helper",
    import_fresh_module=_fresh_module,
    import_module=_module_or_skip,
    DirsOnSysPath=_folder_of_its_own,
)
os_helper = _module(
    "test.support.os_helper",
    FakePath=_FakePath,
    TESTFN="/tmp/test-file",
    fd_count=lambda: 0,
    temp_cwd=_folder_of_its_own,
    temp_dir=_temporary_folder,
    unlink=_unlink,
)
socket_helper = _module("test.support.socket_helper", HOST="localhost")
warnings_helper = _module("test.support.warnings_helper", check_warnings=_check_warnings)

import concurrent.futures.process  # noqa: E402
import multiprocessing.process  # noqa: E402
import multiprocessing.util  # noqa: E402
import threading  # noqa: E402


def _private(module, name, value):
    """What CPython's module has for itself, and the tests look at or replace."""
    if not hasattr(module, name):
        setattr(module, name, value)


_private(concurrent.futures.process, "_ThreadWakeup", None)
_private(multiprocessing.process, "_cleanup", lambda: None)
_private(multiprocessing.process, "_dangling", set())
_private(threading, "_dangling", set())
# It ends the fork server.
multiprocessing.util._cleanup_tests = lambda: None
