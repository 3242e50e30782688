"""Files that a script writes: in this interpreter's own memory, up to a limit, and gone with it.

No other process sees them.
There are the folders ``/`` and ``/tmp``, and what the script makes; a relative name begins at ``/``.
"""

import io
import itertools
import posixpath
import time
from _thread import allocate_lock

import _lab_descriptors

_MOST_BYTES = 16 << 20
_FULL = f"No space left on device: files of a run have room for {_MOST_BYTES >> 20} MiB"
_ENOENT, _EBADF, _EEXIST, _ENOTDIR, _EISDIR, _EINVAL, _ENOSPC, _ENOTEMPTY = 2, 9, 17, 20, 21, 22, 28, 39
# What a new file or folder's mode leaves out: as on most systems.
_UMASK = 0o022

_numbers = itertools.count(1)
_used_bytes = 0
_counting = allocate_lock()  # guards it


class _Node:
    """What a name stands for."""

    def __init__(self, mode, since_ns=None):
        self.mode = mode
        self.number = next(_numbers)
        self.changed_ns = self.read_ns = time.time_ns() if since_ns is None else since_ns


class Content(_Node):
    """A file's bytes, for as long as a name or an open file holds them."""

    def __init__(self, mode=0o666):
        super().__init__(0o100000 | mode & ~_UMASK)
        self.data = bytearray()

    def resize(self, size):
        global _used_bytes
        more = size - len(self.data)
        with _counting:
            if more > 0 and _used_bytes + more > _MOST_BYTES:
                raise OSError(_ENOSPC, _FULL)
            _used_bytes += more
        if more > 0:
            self.data.extend(bytes(more))
        else:
            del self.data[size:]

    def __del__(self):
        global _used_bytes
        with _counting:
            _used_bytes -= len(self.data)


class Opened:
    """An open file: where it is read and written next, which all who share its number share."""

    def __init__(self, content, mode):
        self.content, self.mode = content, mode
        self.place = 0
        self.reads, self.writes = "r" in mode or "+" in mode, not mode.startswith("r") or "+" in mode

    def read(self, size):
        data = bytes(self.content.data[self.place : self.place + size])
        self.place += len(data)
        return data

    def write(self, data):
        data, content = memoryview(data).cast("B"), self.content
        if self.mode.startswith("a"):
            self.place = len(content.data)
        end = self.place + len(data)
        if end > len(content.data):
            content.resize(end)
        content.data[self.place : end] = data
        self.place = end
        content.changed_ns = time.time_ns()
        return len(data)

    def seek(self, offset, whence=0):
        place = offset + (0, self.place, len(self.content.data))[whence]
        if place < 0:
            raise OSError(_EINVAL, "Invalid argument")
        self.place = place
        return place

    def truncate(self, size):
        self.content.resize(size)
        self.content.changed_ns = time.time_ns()


class _Raw(io.RawIOBase):
    """An open file as Python's `io` wants it."""

    def __init__(self, opened, name, number=None):
        self._opened, self.name, self.mode = opened, name, opened.mode
        # The descriptor that goes with us.
        self._number = number

    def fileno(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if self._number is None:
            self._number = _lab_descriptors.add(self._opened)
        return self._number

    def close(self):
        if not self.closed:
            super().close()
            if self._number is not None:
                _lab_descriptors.close(self._number)

    def readable(self):
        return self._opened.reads

    def writable(self):
        return self._opened.writes

    def seekable(self):
        return True

    def readinto(self, buffer):
        if not self._opened.reads:
            raise io.UnsupportedOperation("not readable")
        data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        if not self._opened.writes:
            raise io.UnsupportedOperation("not writable")
        return self._opened.write(data)

    def seek(self, offset, whence=0):
        return self._opened.seek(offset, whence)

    def tell(self):
        return self._opened.place

    def truncate(self, size=None):
        size = self._opened.place if size is None else size
        self._opened.truncate(size)
        return size

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")


class _Lent(_Raw):
    """The same with a descriptor that stays when it is closed."""

    def close(self):
        io.RawIOBase.close(self)


# Those two are in the snapshot, which knows no time.
_folders = {"/": _Node(0o040755, 0), "/tmp": _Node(0o041777, 0)}
_files = {}  # path -> Content


def _normal(path):
    import os

    return posixpath.normpath("/" + os.fsdecode(path).lstrip("/"))


def has(path):
    """Whether the script has written that file, or made that folder."""
    path = _normal(path)
    return path in _files or path in _folders


def has_file(path):
    return _normal(path) in _files


def is_folder(path):
    return _normal(path) in _folders


def is_within_ours(path):
    """Whether it would be below a folder of the script's, or in `/tmp`."""
    top = _normal(path).split("/")[1]
    return top != "" and "/" + top in _folders


def opened(file, path, mode, permissions=0o666):
    """A file of the script's, by a mode of `open` without "b" and "t"; with "r+c", it is made if it is not there."""
    place = _normal(path)
    if place in _folders:
        raise IsADirectoryError(_EISDIR, "Is a directory", file)
    if posixpath.dirname(place) not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", file)
    if "x" in mode and place in _files:
        raise FileExistsError(_EEXIST, "File exists", file)
    if "r" in mode and "c" not in mode and place not in _files:
        raise FileNotFoundError(_ENOENT, "No such file or directory", file)
    content = _files.get(place)
    if content is None:
        content = _files[place] = Content(permissions)
        _folders[posixpath.dirname(place)].changed_ns = content.changed_ns
    if "w" in mode:
        content.resize(0)
    opened = Opened(content, mode.replace("c", ""))
    if "a" in mode:
        opened.seek(0, 2)
    return opened


def open(file, path, mode, buffering, encoding, errors, newline):
    """A file of the script's, as text or bytes."""
    plain = mode.replace("b", "").replace("t", "")
    raw = _Raw(opened(file, path, plain[0] + plain[1:]), file)
    return _buffered(raw, mode, buffering, encoding, errors, newline)


def open_descriptor(number, name, mode, buffering, encoding, errors, newline, closefd):
    """The file of a descriptor, as text or bytes."""
    raw = (_Raw if closefd else _Lent)(_lab_descriptors.of(number), name, number)
    return _buffered(raw, mode, buffering, encoding, errors, newline)


def _buffered(raw, mode, buffering, encoding, errors, newline):
    raw.mode = mode.replace("b", "").replace("t", "")[0] + "b" + ("+" if "+" in mode else "")
    if "b" in mode and buffering == 0:
        return raw
    if "+" in mode:
        buffered = io.BufferedRandom(raw)
    else:
        buffered = io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)
    if "b" in mode:
        return buffered
    text = io.TextIOWrapper(buffered, encoding or "utf-8", errors, newline, buffering == 1)
    text.mode = mode
    return text


def node(path):
    """What is known of a file or folder of the script's."""
    place = _normal(path)
    found = _files.get(place) or _folders.get(place)
    if found is None:
        raise _missing(path)
    return found


def listdir(path):
    """The names in a folder."""
    place = _normal(path).rstrip("/") + "/"
    below = [name[len(place) :] for name in (*_files, *_folders) if name.startswith(place)]
    return [name for name in below if name and "/" not in name]


def remove(path):
    """Takes a file away; who has it open keeps it."""
    place = _normal(path)
    if place in _folders:
        raise IsADirectoryError(_EISDIR, "Is a directory", path)
    if _files.pop(place, None) is None:
        raise _missing(path)


def rename(source, target):
    """Gives a file or a folder another name."""
    old, new = _normal(source), _normal(target)
    if old not in _files and old not in _folders:
        raise _missing(source, target)
    if posixpath.dirname(new) not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", source, None, target)
    if old in _files:
        if new in _folders:
            raise IsADirectoryError(_EISDIR, "Is a directory", source, None, target)
        _files[new] = _files.pop(old)
        return
    if new == old:
        return
    if new.startswith(old + "/"):
        raise OSError(_EINVAL, "Invalid argument", source, None, target)
    if new in _files:
        raise NotADirectoryError(_ENOTDIR, "Not a directory", source, None, target)
    if new in _folders and listdir(new):
        raise OSError(_ENOTEMPTY, "Directory not empty", source, None, target)
    for nodes in (_folders, _files):
        for name in [name for name in nodes if name == old or name.startswith(old + "/")]:
            nodes[new + name[len(old) :]] = nodes.pop(name)


def mkdir(path, mode=0o777):
    """Makes a folder."""
    import _lab_files

    place = _normal(path)
    if has(place) or _lab_files.is_of_site(path):
        raise FileExistsError(_EEXIST, "File exists", path)
    if posixpath.dirname(place) in _files:
        raise NotADirectoryError(_ENOTDIR, "Not a directory", path)
    if posixpath.dirname(place) not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", path)
    _folders[place] = _Node(0o040000 | mode & ~_UMASK)


def rmdir(path):
    """Takes an empty folder away."""
    place = _normal(path)
    if place in _files:
        raise NotADirectoryError(_ENOTDIR, "Not a directory", path)
    if place not in _folders:
        raise _missing(path)
    if listdir(place):
        raise OSError(_ENOTEMPTY, "Directory not empty", path)
    del _folders[place]


def _missing(path, target=None):
    import _lab_files

    if _lab_files.is_of_site(path):
        return PermissionError(13, f"Permission denied: {_lab_files._READ_ONLY}", path)
    return FileNotFoundError(_ENOENT, "No such file or directory", path, None, target)
