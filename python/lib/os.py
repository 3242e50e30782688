"""The part of os that means something in a browser tab: cores, who we are, paths as text.

There are the site's own data files (`_lab_files`), for reading, and what the script writes itself (`_lab_written`).
What would look for another one raises FileNotFoundError, as it would where the file is missing, or PermissionError.
"""

import abc
import errno
import sys

import _lab_builtins
import _lab_identity
import _processes

# This target has no error numbers: those of Linux, as far as the library looks at them.
for _name, _number in [
    ("ENOENT", 2), ("EIO", 5), ("EBADF", 9), ("EAGAIN", 11), ("EACCES", 13), ("EEXIST", 17), ("ENOTDIR", 20),
    ("EISDIR", 21), ("EINVAL", 22), ("ENOSPC", 28), ("ESPIPE", 29), ("EPIPE", 32), ("ELOOP", 40), ("ENOTEMPTY", 39), ("ETIMEDOUT", 110), ("ECONNREFUSED", 111),
]:
    if not hasattr(errno, _name):
        setattr(errno, _name, _number)
        errno.errorcode[_number] = _name

name = "posix"
sep, altsep, extsep, pathsep, curdir, pardir, linesep, devnull = "/", None, ".", ":", ".", "..", "\n", "/dev/null"
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC = 0, 1, 2, 64, 128, 512
environ = {}
error = OSError


class PathLike(abc.ABC):
    """What stands for a path."""

    @abc.abstractmethod
    def __fspath__(self):
        """The path as text."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return hasattr(subclass, "__fspath__")
        return NotImplemented


def cpu_count():
    """How many cores the browser says there are."""
    return _processes.cpu_count()


def process_cpu_count():
    """As many: a tab can't be bound to some of the cores."""
    return _processes.cpu_count()


def getpid():
    """1 in the main script; its processes follow, in the order in which they were started."""
    return _lab_identity.pid()


def getppid():
    """Who has started us; 0 in the main script."""
    return _lab_identity.pid_of(0) if _processes.is_child() else 0


def _exit(status):
    """Ends the process at once."""
    raise _lab_identity.ProcessExit(status)


def getenv(key, default=None):
    """A variable of the environment, which starts empty."""
    return environ.get(key, default)


def getcwd():
    """There is only the root."""
    return "/"


def fspath(path):
    """The path as text or bytes."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    if not hasattr(kind, "__fspath__"):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind.__name__}")
    text = kind.__fspath__(path)
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, not {type(text).__name__}")
    return text


def fsencode(filename):
    """The path as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """The path as text."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def stat(path, **options):
    """Whether that is a data file, or a folder of them; there is nothing else."""
    import _lab_files

    return _lab_files.stat(path)


lstat = stat


def listdir(path="."):
    """The names in a folder of data files."""
    import _lab_files

    return _lab_files.listdir(path)


def remove(path):
    """Takes a file of the script's away."""
    import _lab_written

    _lab_written.remove(path)


unlink = remove


def rename(src, dst):
    """Gives a file of the script's another name."""
    import _lab_written

    _lab_written.rename(src, dst)


replace = rename


def mkdir(path, mode=0o777):
    """Makes a folder."""
    import _lab_written

    _lab_written.mkdir(path)


def makedirs(name, mode=0o777, exist_ok=False):
    """Makes a folder, and those that it is in."""
    head = path.dirname(path.normpath(name))
    if head and not path.isdir(head):
        makedirs(head, exist_ok=True)
    try:
        mkdir(name)
    except FileExistsError:
        if not exist_ok or not path.isdir(name):
            raise


def rmdir(path):
    """Takes an empty folder away."""
    import _lab_written

    _lab_written.rmdir(path)


class stat_result:
    """What `stat` is said to give."""


class DirEntry:
    """A name in a folder of data files."""

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_symlink(self):
        return False

    def __fspath__(self):
        return self.path


class _Entries:
    """What `scandir` gives, one by one."""

    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def scandir(path="."):
    """The entries of a folder of data files."""
    folder = fspath(path)
    return _Entries(DirEntry(folder, name) for name in listdir(folder))


def urandom(size):
    """The browser's own randomness."""
    return _lab_builtins.urandom(size)


class terminal_size(tuple):
    """Columns and lines."""

    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def get_terminal_size(fd=None):
    """There is no terminal: what programs take for one."""
    return terminal_size((80, 24))


def __getattr__(attribute):
    if attribute.startswith("__"):
        raise AttributeError(attribute)
    raise AttributeError(f"module 'os' has no attribute {attribute!r} here: a browser tab has no files but data/, and no processes")


import posixpath as path  # noqa: E402  (it imports us)

sys.modules["os.path"] = path
