# self-checking: what is refused here, a CPython would look for
# not-in-stand-in: it has no such files
# Whatever is no data file is refused, with Python's own error, however it is asked for.
import builtins
import io
import os
import urllib.error
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from urllib.request import Request, urlopen

import _lab_files
import _lab_reading

FILE = "data/stations/station-01.csv"
NAMES = [
    "",
    ".",
    "data",
    "data/",
    "data/stations",
    "data/secret.txt",
    "data/stations/station-00.csv",
    "data/stations/station-51.csv",
    "data/stations/station-1.csv",
    "data/stations/station-01.csv?user=me",
    "data/stations/station-01.csv#",
    "data/stations/station-01.csv\x00",
    "data/stations/station-01.csv\n",
    " data/stations/station-01.csv",
    "data/stations/station-٠١.csv",
    "data/./stations/station-01.csv",
    "./data/stations/station-01.csv",
    "data/stations/../stations/station-01.csv",
    "data/stations/%2e%2e/stations/station-01.csv",
    "data/stations/..%2f..%2findex.html",
    "data\\stations\\station-01.csv",
    "DATA/stations/station-01.csv",
    "../data/stations/station-01.csv",
    "/data/stations/station-01.csv",
    "/etc/passwd",
    "/account",
    "index.html",
    "files.json",
    "data-0123456789abcdef/stations/station-01.csv",
    "//example.org/data/stations/station-01.csv",
    "http://localhost/data/stations/station-01.csv",
    "https://example.org/",
    "https:data/stations/station-01.csv",
    "file:///etc/passwd",
    "data:text/plain,hello",
    "blob:null/0",
    "javascript:1",
    "view-source:data/stations/station-01.csv",
    "data/" + "x" * 100_000,
    "\ud800",
]


def refused(errors, ask, *arguments, **options):
    try:
        got = ask(*arguments, **options)
    except errors as error:
        return error
    raise AssertionError(f"{arguments!r:.200} gave {got!r:.200}")


def check(name):
    error = refused((FileNotFoundError, PermissionError), open, name)
    assert error.errno in (2, 13) and error.filename == name and "data files only" in str(error), error
    error = refused(urllib.error.URLError, urlopen, name)
    assert isinstance(error, OSError) and "data files only" in str(error), error
    assert not isinstance(error, urllib.error.HTTPError)
    # What is underneath is not more obliging, nor are names of another type.
    assert _lab_reading.read(name, None) == ("refused", None)
    refused((FileNotFoundError, PermissionError), _lab_files._content, name, name)


class Liar(str):
    """Says that it is a data file."""

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__

    def __str__(self):
        return FILE

    def startswith(self, *arguments):
        return True


class Path:
    def __fspath__(self):
        return "/etc/passwd"


def check_modes():
    for mode in ("w", "a", "x", "r+", "w+", "wb", "rb+"):
        error = refused(PermissionError, open, FILE, mode)
        assert "not write" in str(error), error
    refused(PermissionError, os.remove, FILE)
    refused(ValueError, open, FILE, "q")
    refused(ValueError, open, FILE, "rr")
    refused(ValueError, open, FILE, "rbt")
    refused(ValueError, open, FILE, "b")
    refused(ValueError, open, FILE, "rb", encoding="utf-8")
    refused(TypeError, open, FILE, 1)
    refused(TypeError, open, 1.5)
    refused(OSError, open, 3)
    with open(FILE) as file:
        refused(io.UnsupportedOperation, file.write, "x")
    with open(FILE, "rb") as file:
        refused(io.UnsupportedOperation, file.write, b"x")
        refused(io.UnsupportedOperation, file.truncate)


def check_requests():
    refused(urllib.error.URLError, urlopen, FILE, b"data")
    refused(urllib.error.URLError, urlopen, Request(FILE, b"data"))
    refused(urllib.error.URLError, urlopen, Request(FILE, method="PUT"))
    refused(urllib.error.URLError, urlopen, Request(FILE, headers={"Cookie": "a=b"}))
    refused(TypeError, urlopen, FILE.encode())
    refused(ValueError, urlopen, FILE, timeout=-1)
    refused(urllib.error.URLError, urlopen, Request("/account"))


def check_tricks():
    """A script may turn what is Python inside out: what decides is not."""
    error = refused((PermissionError, FileNotFoundError), open, Liar("/etc/passwd"))
    assert "data files only" in str(error), error
    refused(PermissionError, open, Path())
    refused(PermissionError, open, b"/etc/passwd")
    refused(PermissionError, os.listdir, "/etc")
    refused(FileNotFoundError, os.listdir, "elsewhere")
    _lab_files._missing = lambda *arguments: AssertionError("replaced")
    _lab_files._check = _lab_files._path_of = lambda name, *rest: name
    builtins.set = frozenset
    assert _lab_reading.read("/account", None) == ("refused", None)
    assert _lab_reading.read("data/secret.txt", None) == ("refused", None)
    refused(AssertionError, open, "/account")


def in_process(name):
    return _lab_reading.read(name, None)


if __name__ == "__main__":
    for name in NAMES:
        check(name)
    check_modes()
    check_requests()
    with ProcessPoolExecutor(1) as pool:
        assert set(pool.map(in_process, NAMES[:-1])) == {("refused", None)}
    check_tricks()
    print("refused")
