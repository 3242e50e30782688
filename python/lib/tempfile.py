"""Temporary files and folders, among those that a script writes in its own memory."""

import io
import itertools
import os
import random

_SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_MOST_TRIES = 100

tempdir = None
template = "tmp"


def gettempdir():
    return tempdir or "/tmp"


def gettempdirb():
    return os.fsencode(gettempdir())


def gettempprefix():
    return template


class _RandomNameSequence:
    """Eight letters at a time."""

    def __iter__(self):
        return self

    def __next__(self):
        return "".join(random.Random(os.urandom(8)).choices(_SYMBOLS, k=8))


def _free_name(suffix, prefix, folder, take):
    folder = gettempdir() if folder is None else folder
    for name in itertools.islice(_RandomNameSequence(), _MOST_TRIES):
        path = os.path.join(folder, f"{template if prefix is None else prefix}{name}{suffix or ''}")
        try:
            return path, take(path)
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def mktemp(suffix="", prefix=template, dir=None):
    return _free_name(suffix, prefix, dir, lambda path: None)[0]


def mkdtemp(suffix=None, prefix=None, dir=None):
    return _free_name(suffix, prefix, dir, os.mkdir)[0]


class _TemporaryFileWrapper:
    """A file that is gone once it is closed."""

    def __init__(self, file, name, delete, delete_on_close):
        self.file, self.name, self.delete = file, name, delete
        self._delete_on_close = delete_on_close
        self._is_there = True

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def __iter__(self):
        return iter(self.file)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exception):
        self.file.__exit__(*exception)
        self._remove()

    def close(self):
        self.file.close()
        if self._delete_on_close:
            self._remove()

    def _remove(self):
        if self.delete and self._is_there:
            self._is_there = False
            try:
                os.unlink(self.name)
            except FileNotFoundError:
                pass

    def __del__(self):
        self.file.close()
        self._remove()


def NamedTemporaryFile(
    mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
    errors=None, delete_on_close=True,
):
    """A file with a name, gone once it is closed."""
    new = lambda path: io.open(path, "x").close()  # noqa: E731
    path, _ = _free_name(suffix, prefix, dir, new)
    file = io.open(path, mode, buffering, encoding, errors, newline)
    return _TemporaryFileWrapper(file, path, delete, delete_on_close)


TemporaryFile = NamedTemporaryFile


class SpooledTemporaryFile(_TemporaryFileWrapper):
    """The same: all of them are in memory."""

    def __init__(
        self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
        errors=None,
    ):
        made = NamedTemporaryFile(mode, buffering, encoding, newline, suffix, prefix, dir, False, errors=errors)
        super().__init__(made.file, made.name, True, True)

    def rollover(self):
        pass


class TemporaryDirectory:
    """A folder that is gone, with all that is in it, at the end."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self._delete = delete
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *exception):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        if os.path.isdir(self.name):
            _remove_tree(self.name)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r}>"


def _remove_tree(folder):
    for entry in os.scandir(folder):
        if entry.is_dir():
            _remove_tree(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(folder)
