"""Gives CPython the search order of our frozen library: python/lib first (by PYTHONPATH), CPython's modules behind.

The package concurrent.futures is made of both: its modules that we have not are found in CPython's folder.
"""

import os
import sys

# CPython itself needs its own importlib, and the library's is only for an interpreter without files.
_path = sys.path[:]
sys.path[:] = [folder for folder in sys.path if not folder.endswith(os.path.join("python", "lib"))]
import importlib.util  # noqa: E402

sys.path[:] = _path

_LIBRARY = os.path.dirname(os.__file__)
# As library.txt has them: CPython's own, some under another name.
_THEIRS = {
    "concurrent.futures._base": "concurrent/futures/_base",
    "concurrent.futures.thread": "concurrent/futures/thread",
    "multiprocessing._queues": "multiprocessing/queues",
    "multiprocessing._thread_pool": "multiprocessing/pool",
    "multiprocessing._shared_memory": "multiprocessing/shared_memory",
    "multiprocessing.dummy": "multiprocessing/dummy/__init__",
    "multiprocessing.managers": "multiprocessing/managers",
    "multiprocessing.synchronize": "multiprocessing/synchronize",
    "multiprocessing.util": "multiprocessing/util",
}


class _Rest:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in _THEIRS:
            return importlib.util.spec_from_file_location(name, os.path.join(_LIBRARY, f"{_THEIRS[name]}.py"))
        return None


sys.meta_path.insert(0, _Rest)

import blocking  # noqa: E402

blocking.install()

import _lab_identity  # noqa: E402
import _lab_missing  # noqa: E402

_lab_missing.install()
os.getpid = _lab_identity.pid
