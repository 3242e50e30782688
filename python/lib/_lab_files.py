"""Files: the site's own data files, for reading, and those that the script writes itself (`_lab_written`). Every other
name is refused, with Python's own error and a sentence.

Which names are files is not decided here, where a script could change it: the page fetches what is in its list, and
nothing else, without the visitor's cookies. Here a refusal only gets the error that CPython would raise.
"""

import builtins
import io
import types

import _lab_reading
import _lab_written

ONLY = "scripts can read the site's own data files only, such as data/stations/station-01.csv"
_READ_ONLY = "scripts can read the site's own data files, not write them"

_ENOENT, _EIO, _EBADF, _EACCES, _ENOTDIR, _ETIMEDOUT = 2, 5, 9, 13, 20, 110


class File(io.BytesIO):
    """The bytes of a file that has been read."""

    def __init__(self, content, name):
        super().__init__(content)
        self.name = name
        self.mode = "rb"

    def __repr__(self):
        return f"<_io.BufferedReader name={self.name!r}>"

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_io.BufferedReader' object")

    def writable(self):
        return False

    def write(self, data):
        raise io.UnsupportedOperation("write")

    def writelines(self, lines):
        raise io.UnsupportedOperation("write")

    def truncate(self, size=None):
        raise io.UnsupportedOperation("truncate")


class TextFile(io.TextIOWrapper):
    """The same as text."""

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_io.TextIOWrapper' object")

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Opens a data file of the site for reading: text, or bytes with "b" in the mode."""
    if isinstance(file, int):
        raise OSError(_EBADF, "Bad file descriptor")
    path = _path_of(file)
    _check(mode, encoding, errors, newline)
    if not set(mode).isdisjoint("wax+") or _lab_written.has_file(path):
        if is_of_site(path):
            raise PermissionError(_EACCES, f"Permission denied: {_READ_ONLY}", file)
        return _lab_written.open(file, path, mode, buffering, encoding, errors, newline)
    content = _content(path, file)
    if "b" in mode:
        return File(content, file)
    text = TextFile(File(content, file), encoding or "utf-8", errors, newline)
    text.mode = mode
    return text


def _path_of(file):
    import os

    return os.fsdecode(file)


def _check(mode, encoding, errors, newline):
    """CPython's checks and words."""
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if len(set(mode)) != len(mode) or not set(mode) <= set("rwaxbt+"):
        raise ValueError(f"invalid mode: {mode!r}")
    if "b" in mode and "t" in mode:
        raise ValueError("can't have text and binary mode at once")
    if len(set(mode) & set("rwax")) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if "b" in mode:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError(f"binary mode doesn't take {'an' if name[0] in 'e' else 'a'} {name} argument")


def _content(path, file):
    came, what = _lab_reading.read(path, None)
    if came == "content":
        return what
    if came == "failed":
        raise OSError(_EIO, f"Input/output error: {what}", file)
    raise _missing(path, file)


def _missing(path, file):
    """What is somewhere else is not ours to give; what would be beside the script is not there."""
    if path.startswith(("/", "~")) or ".." in path or ":" in path or "\\" in path or "%" in path:
        return PermissionError(_EACCES, f"Permission denied: {ONLY}", file)
    return FileNotFoundError(_ENOENT, f"No such file or directory: {ONLY}", file)


def is_of_site(path):
    """Whether a name is one of the data files', or leads to one."""
    place = _place(path)
    return place in _lab_reading.names() or (place != "" and place in _folders())


def _folders():
    """Each folder's entries."""
    entries = {}
    for name in _lab_reading.names():
        folder, _, last = name.rpartition("/")
        entries.setdefault(folder, []).append(last)
    tops = {folder.partition("/")[0] for folder in entries}
    for top in tops:
        entries[top] = sorted(folder.partition("/")[2] for folder in entries)
    return {**entries, "": sorted(tops)}


def _place(path):
    path = _path_of(path).rstrip("/")
    return "" if path == "." else path


def listdir(path="."):
    """The names in a folder of data files."""
    place = _place(path)
    entries = _folders().get(place)
    if entries is not None or _lab_written.is_folder(path):
        return sorted({*(entries or ()), *_lab_written.listdir(path)})
    if place in _lab_reading.names():
        raise NotADirectoryError(_ENOTDIR, "Not a directory", path)
    raise _missing(place, path)


def stat(path, **options):
    """What there is to know of a data file without reading it: that it is there, and no folder."""
    place = _place(path)
    if _lab_written.has(path):
        return _lab_written.stat(path)
    if place in _lab_reading.names():
        return types.SimpleNamespace(st_mode=0o100444)
    if place in _folders():
        return types.SimpleNamespace(st_mode=0o040555)
    raise _missing(place, path)


def install():
    """To be called once in each interpreter, before any code of the user."""
    builtins.open = io.open = open
