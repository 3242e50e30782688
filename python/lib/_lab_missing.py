"""What is not here, and why: an ImportError with a sentence instead of "No module named …"."""

import sys

_NUMPY = "NumPy is here: its arrays, linear algebra, transforms and random numbers"
_NUMPY_MODULES = "char core ctypeslib dtypes f2py ma matlib matrixlib polynomial rec strings typing version"
_NUMPY_PART = "the lab's NumPy has no such part. What it has: docs/python.md#numpy"
_KERNELS = "The ensemble's compiled kernels are in lab.kernels: they release the GIL, as NumPy does"
_NO_FILES = "a browser tab has no files of an operating system"
_NO_SYSTEM = "a browser tab cannot start programs of an operating system"
_NO_NETWORK = "a Python in a browser tab has no network. urllib.request reads the site's own data files"
_NO_COMPILED = "it needs compiled code that this Python cannot load"
_LARGE = "this Python holds only what its lessons need, to stay small"

_REASONS = {
    "scipy": f"there is no SciPy in this Python, {_NO_COMPILED}. {_NUMPY}",
    "pandas": f"there is no pandas in this Python, {_NO_COMPILED}. {_NUMPY}",
    "xarray": f"there is no xarray in this Python: it stands on pandas. {_NUMPY}",
    "dask": f"there is no Dask in this Python. concurrent.futures shows what its schedulers do. {_NUMPY}",
    "numba": f"there is no Numba in this Python, {_NO_COMPILED}. {_KERNELS}",
    "joblib": "there is no joblib in this Python. concurrent.futures and multiprocessing.Pool do the same work",
    "ray": "there is no Ray in this Python. concurrent.futures and multiprocessing.Pool do the same work",
    "mpi4py": "there is no MPI in a browser tab. concurrent.futures and multiprocessing.Pool are here",
    "matplotlib": "there is no Matplotlib in this Python. Print the numbers; the lab draws the timeline",
    "tqdm": "there is no tqdm in this Python. as_completed and print show progress, too",
    "psutil": f"there is no psutil in this Python, {_NO_SYSTEM}",
    "requests": f"there is no requests in this Python, {_NO_NETWORK}",
    **dict.fromkeys(("ctypes.util", "ctypes.wintypes"), _NO_COMPILED),
    "concurrent.interpreters": "there is no concurrent.interpreters in this Python: its interpreters take calls, they "
    "are not sent code. concurrent.futures.InterpreterPoolExecutor runs functions in interpreters of their own",
    **dict.fromkeys(("urllib.parse", "urllib.robotparser", "urllib.response", "unittest.mock"), _LARGE),
    **dict.fromkeys(("socket", "ssl", "select", "selectors", "socketserver", "http", "ftplib", "smtplib"), _NO_NETWORK),
    **dict.fromkeys(("subprocess", "signal", "resource", "pty", "fcntl", "pwd", "grp"), _NO_SYSTEM),
    **dict.fromkeys((f"numpy.{name}" for name in _NUMPY_MODULES.split()), _NUMPY_PART),
    **dict.fromkeys(("mmap", "zipfile", "tarfile", "sqlite3"), _NO_FILES),
    **dict.fromkeys(("tkinter", "turtle", "curses"), "there is no window to draw into"),
}


def reason(name):
    """Why a module is not here, or None where nobody ever said that it might."""
    told = _REASONS.get(name)
    if told is None and name in sys.stdlib_module_names and not name.startswith("_"):
        told = _LARGE
    if told is None:
        return None
    if not told.startswith("there is"):
        told = f"there is no module {name!r} here: {told}"
    return told


class _Finder:
    """The last on ``sys.meta_path``: asked only for what nobody else has found."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        told = reason(name)
        if told is None:
            return None
        # Of a package, `from concurrent import interpreters` would say "cannot import name" in the place of that.
        raise (ImportError if "." in name else ModuleNotFoundError)(f"{told}.", name=name)


def install():
    """To be called once in each interpreter, before any code of the user."""
    sys.meta_path.append(_Finder)
