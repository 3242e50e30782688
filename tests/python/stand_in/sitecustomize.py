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

_FUTURES = os.path.join(os.path.dirname(os.__file__), "concurrent", "futures")


class _Rest:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ("concurrent.futures._base", "concurrent.futures.thread"):
            return importlib.util.spec_from_file_location(name, f"{_FUTURES}/{name.rpartition('.')[2]}.py")
        return None


sys.meta_path.insert(0, _Rest)

import blocking  # noqa: E402

blocking.install()

import _lab_identity  # noqa: E402
import _lab_missing  # noqa: E402

_lab_missing.install()
os.getpid = _lab_identity.pid
