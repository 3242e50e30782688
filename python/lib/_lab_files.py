"""Files: the site's own data files, for reading, and those that the script writes itself (`_lab_written`). Every other
name is refused, with Python's own error and a sentence.

Which names are files is not decided here, where a script could change it: the page fetches what is in its list, and
nothing else, without the visitor's cookies. Here a refusal only gets the error that CPython would raise.
"""

import builtins
import io

import _lab_descriptors
import _lab_reading
import _lab_status
import _lab_written

ONLY = "scripts can read the site's own data files only, such as data/stations/station-01.csv"
_READ_ONLY = "scripts can read the site's own data files, not write them"

_ENOENT, _EIO, _EACCES, _ENOTDIR, _EINVAL, _ETIMEDOUT = 2, 5, 13, 20, 22, 110


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
    _check(mode, encoding, errors, newline)
    if isinstance(file, int):
        return _lab_written.open_descriptor(file, file, mode, buffering, encoding, errors, newline, closefd)
    if not closefd:
        raise ValueError("Cannot use closefd=False with file name")
    if opener is not None:
        number = opener(file, _flags(mode))
        return _lab_written.open_descriptor(number, file, mode, buffering, encoding, errors, newline, True)
    path = _path_of(file)
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


def opened(path, flags, permissions):
    """An open file, by the flags of `os.open`."""
    import os

    access = {os.O_RDONLY: "r", os.O_WRONLY: "w", os.O_RDWR: "r+"}.get(flags & 3)
    if access is None:
        raise OSError(_EINVAL, "Invalid argument", path)
    name = _path_of(path)
    if is_of_site(name) or not (flags & os.O_CREAT or _lab_written.has(name)):
        if flags & (3 | os.O_CREAT | os.O_TRUNC) and is_of_site(name):
            raise PermissionError(_EACCES, f"Permission denied: {_READ_ONLY}", path)
        return _lab_written.Opened(_Read(_content(name, path)), "r")
    how = "x" if flags & os.O_CREAT and flags & os.O_EXCL else "r" if not flags & os.O_TRUNC else "w"
    opened = _lab_written.opened(path, name, how + "c" * bool(flags & os.O_CREAT), permissions)
    opened.reads, opened.writes = access != "w", access != "r"
    opened.mode = "a" if flags & os.O_APPEND else access
    return opened


class _Read:
    """The bytes of a data file, as `_lab_written` wants them."""

    def __init__(self, data):
        self.data = data


def _flags(mode):
    import os

    access = os.O_RDWR if "+" in mode else os.O_RDONLY if "r" in mode else os.O_WRONLY
    more = {"w": os.O_CREAT | os.O_TRUNC, "a": os.O_CREAT | os.O_APPEND, "x": os.O_CREAT | os.O_EXCL}
    return access | next((flags for letter, flags in more.items() if letter in mode), 0)


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
    """What is somewhere else is not ours to give; what would be beside the script, or where it writes, is not there."""
    if _lab_written.is_within_ours(path):
        return FileNotFoundError(_ENOENT, "No such file or directory", file)
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
    if place in _lab_reading.names() or _lab_written.has_file(path):
        raise NotADirectoryError(_ENOTDIR, "Not a directory", path)
    raise _missing(place, path)


def stat(path):
    """What there is to know of a file; the size of a data file is known once it was read."""
    place = _place(path)
    if _lab_written.has(path):
        return _lab_status.status_of(_lab_written.node(path))
    if place in _lab_reading.names():
        return _lab_status.stat_result(0o100444, _number(place), lambda: len(_content(place, path)))
    if place in _folders():
        return _lab_status.stat_result(0o040555, _number(place), 4096)
    raise _missing(place, path)


def _number(place):
    """Tells it from others: those that the script writes have numbers from 1 on."""
    return (1 << 32) + sorted((*_lab_reading.names(), *_folders())).index(place)


def install():
    """To be called once in each interpreter, before any code of the user."""
    builtins.open = io.open = open
