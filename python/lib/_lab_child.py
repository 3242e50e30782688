"""What the host calls in a child process: `prepare` once, then `handle` for every message.

Both print what there is to print and raise SystemExit where a process of CPython would end.
"""

import sys
import types

import _lab_script
import _lab_workers


def prepare():
    """Imports the script anew, as CPython's start method "spawn" does: under the name ``__mp_main__``."""
    if "multiprocessing.process" in sys.modules:  # `_lab_warm` has imported it, when nobody was a child
        sys.modules["multiprocessing.process"].become_child()
    module = types.ModuleType("__mp_main__")
    # Functions of the script are pickled as `__main__.f`: the name must lead here.
    sys.modules["__mp_main__"] = sys.modules["__main__"] = module
    _lab_workers.importing_main = True
    try:
        module.__file__ = _lab_script.file_name()
        module.__loader__ = _lab_script.Loader()  # tracebacks quote its lines
        exec(_lab_script.code(), module.__dict__)
    except SystemExit as error:
        raise SystemExit(exit_code(error)) from None
    except BaseException as error:
        _die(error)
    finally:
        _lab_workers.importing_main = False


def handle(data):
    """Does what a message asks for, and returns the answer's bytes (none: there is nothing to say)."""
    try:
        function, *arguments = _lab_workers.loads(data, "arguments")
    except Exception as error:
        # As in CPython, where the worker dies in `queue.get`: nobody knows which call this was.
        _die(error)
    return function(*arguments)


def _die(error):
    import traceback

    traceback.print_exception(error)
    sys.stderr.flush()
    raise SystemExit(1)


def exit_code(error):
    """The code of a SystemExit; prints what is not a code, as the interpreter does."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code
    print(error.code, file=sys.stderr)
    return 1
