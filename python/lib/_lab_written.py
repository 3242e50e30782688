"""Files that a script writes: in this interpreter's own memory, up to a limit, and gone with it.

No other process sees them.
There are the folders ``/`` and ``/tmp``, and what the script makes; a relative name begins at ``/``.
"""

import io
import posixpath
import time
import types

_MOST_BYTES = 16 << 20
_FULL = f"No space left on device: files of a run have room for {_MOST_BYTES >> 20} MiB"
_ENOENT, _EEXIST, _ENOTDIR, _EISDIR, _ENOSPC, _ENOTEMPTY = 2, 17, 20, 21, 28, 39

_folders = {"/", "/tmp"}
_files = {}  # path -> _Content


class _Content:
    def __init__(self):
        self.data = bytearray()
        self.changed_s = time.time()


class _Raw(io.RawIOBase):
    """An open file."""

    def __init__(self, content, name, mode):
        self._content, self.name, self.mode = content, name, mode
        self._place = 0

    def readable(self):
        return "r" in self.mode or "+" in self.mode

    def writable(self):
        return not self.mode.startswith("r") or "+" in self.mode

    def seekable(self):
        return True

    def readinto(self, buffer):
        if not self.readable():
            raise io.UnsupportedOperation("not readable")
        data = self._content.data[self._place : self._place + len(buffer)]
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def write(self, data):
        if not self.writable():
            raise io.UnsupportedOperation("not writable")
        data, kept = bytes(data), self._content.data
        if self.mode.startswith("a"):
            self._place = len(kept)
        _check_room(self._place + len(data) - len(kept))
        if self._place > len(kept):
            kept.extend(bytes(self._place - len(kept)))
        kept[self._place : self._place + len(data)] = data
        self._place += len(data)
        self._content.changed_s = time.time()
        return len(data)

    def seek(self, offset, whence=0):
        place = offset + (0, self._place, len(self._content.data))[whence]
        if place < 0:
            raise OSError(22, "Invalid argument")
        self._place = place
        return place

    def tell(self):
        return self._place

    def truncate(self, size=None):
        size = self._place if size is None else size
        kept = self._content.data
        _check_room(size - len(kept))
        del kept[size:]
        kept.extend(bytes(size - len(kept)))
        return size

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")


def _check_room(more):
    if more > 0 and sum(len(content.data) for content in _files.values()) + more > _MOST_BYTES:
        raise OSError(_ENOSPC, _FULL)


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


def open(file, path, mode, buffering, encoding, errors, newline):
    """A file of the script's, as text or bytes."""
    place = _normal(path)
    if place in _folders:
        raise IsADirectoryError(_EISDIR, "Is a directory", file)
    if posixpath.dirname(place) not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", file)
    if "x" in mode and place in _files:
        raise FileExistsError(_EEXIST, "File exists", file)
    if "r" in mode and place not in _files:
        raise FileNotFoundError(_ENOENT, "No such file or directory", file)
    content = _files.setdefault(place, _Content())
    if "w" in mode:
        content.data.clear()
    plain = mode.replace("b", "").replace("t", "")
    raw = _Raw(content, file, plain[0] + "b" + plain[1:])
    if "a" in mode:
        raw.seek(0, 2)
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


def stat(path):
    """What there is to know of a file or folder of the script's."""
    content = _files.get(_normal(path))
    if content is None:
        return types.SimpleNamespace(st_mode=0o040777, st_size=4096, st_mtime=0.0)
    return types.SimpleNamespace(st_mode=0o100644, st_size=len(content.data), st_mtime=content.changed_s)


def listdir(path):
    """The names in a folder."""
    place = _normal(path).rstrip("/") + "/"
    below = [name[len(place) :] for name in (*_files, *_folders) if name.startswith(place)]
    return [name for name in below if name and "/" not in name]


def remove(path):
    """Takes a file away."""
    place = _normal(path)
    if place in _folders:
        raise IsADirectoryError(_EISDIR, "Is a directory", path)
    if _files.pop(place, None) is None:
        raise _missing(path)


def rename(source, target):
    """Gives a file, or an empty folder, another name."""
    old, new = _normal(source), _normal(target)
    if posixpath.dirname(new) not in _folders or old not in _files and old not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", source, None, target)
    if old in _files:
        if new in _folders:
            raise IsADirectoryError(_EISDIR, "Is a directory", source, None, target)
        _files[new] = _files.pop(old)
        return
    for names in (_folders, _files):
        for name in [name for name in names if name == old or name.startswith(old + "/")]:
            renamed = new + name[len(old) :]
            if names is _files:
                _files[renamed] = _files.pop(name)
            else:
                _folders.discard(name)
                _folders.add(renamed)


def mkdir(path):
    """Makes a folder."""
    import _lab_files

    place = _normal(path)
    if has(place) or _lab_files.is_of_site(path):
        raise FileExistsError(_EEXIST, "File exists", path)
    if posixpath.dirname(place) not in _folders:
        raise FileNotFoundError(_ENOENT, "No such file or directory", path)
    _folders.add(place)


def rmdir(path):
    """Takes an empty folder away."""
    place = _normal(path)
    if place in _files:
        raise NotADirectoryError(_ENOTDIR, "Not a directory", path)
    if place not in _folders:
        raise _missing(path)
    if listdir(place):
        raise OSError(_ENOTEMPTY, "Directory not empty", path)
    _folders.discard(place)


def _missing(path):
    import _lab_files

    if _lab_files.is_of_site(path):
        return PermissionError(13, f"Permission denied: {_lab_files._READ_ONLY}", path)
    return FileNotFoundError(_ENOENT, "No such file or directory", path)
