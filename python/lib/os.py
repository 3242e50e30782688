"""The part of os that means something in a browser tab: cores, who we are, paths as text.

There are the site's own data files (`_lab_files`), for reading, and what the script writes itself (`_lab_written`).
What would look for another one raises FileNotFoundError, as it would where the file is missing, or PermissionError.
"""

import abc
import errno
import io
import sys
import time

import _lab_builtins
import _lab_descriptors
import _lab_identity
import _processes
from _lab_status import stat_result, status_of

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
defpath = "/bin:/usr/bin"
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_CLOEXEC = 0, 1, 2, 64, 128, 512, 1024, 524288
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
# Where descriptors may stand for folders, and links be asked after: nowhere.
supports_dir_fd = supports_fd = supports_follow_symlinks = supports_effective_ids = frozenset()
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


def getcwdb():
    """The same as bytes."""
    return b"/"


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


def open(path, flags, mode=0o777, *, dir_fd=None):
    """Opens a file; gives its number."""
    import _lab_files

    return _lab_descriptors.add(_lab_files.opened(path, flags, mode))


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """The file of a number, as `open` gives it."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def read(fd, length):
    """At most so many bytes."""
    return _lab_descriptors.to_read(fd).read(length)


def write(fd, data):
    """Writes bytes; gives how many."""
    return _lab_descriptors.to_write(fd).write(data)


def close(fd):
    """Gives the number back."""
    _lab_descriptors.close(fd)


def lseek(fd, position, whence):
    """Goes to a place in a file."""
    return _lab_descriptors.of(fd).seek(position, whence)


def ftruncate(fd, length):
    """Makes a file so long."""
    _lab_descriptors.to_write(fd).truncate(length)


def truncate(path, length):
    """Makes a file so long."""
    fd = path if isinstance(path, int) else open(path, O_WRONLY)
    ftruncate(fd, length)
    if fd is not path:
        close(fd)


def fsync(fd):
    """There is nothing that could be lost."""
    _lab_descriptors.of(fd)


fdatasync = fsync


def isatty(fd):
    """There is no terminal."""
    return False


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """What there is to know of a file or a folder."""
    import _lab_files

    return fstat(path) if isinstance(path, int) else _lab_files.stat(path)


def lstat(path, *, dir_fd=None):
    """The same: there are no links."""
    return stat(path)


def readlink(path, *, dir_fd=None):
    """There are no links."""
    lstat(path)
    raise OSError(errno.EINVAL, "Invalid argument", path)


def fstat(fd):
    """What there is to know of an open file."""
    content = getattr(_lab_descriptors.of(fd), "content", None)
    if content is None:
        return stat_result(0o020620, fd, 0)
    return status_of(content) if hasattr(content, "number") else stat_result(0o100444, 0, len(content.data))


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    """Whether a file may be used that way."""
    try:
        return mode & ~(stat(path).st_mode >> 6 & 7) == 0
    except OSError:
        return False


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    """What `stat` says of a file from then on; nobody else is kept from it."""
    import _lab_written

    node = _lab_descriptors.of(path).content if isinstance(path, int) else _lab_written.node(path)
    node.mode = node.mode & ~0o7777 | mode & 0o7777


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """When a file was read and changed, as `stat` says from then on."""
    import _lab_written

    if times is not None:
        ns = [int(time_s * 1e9) for time_s in times]
    node = _lab_descriptors.of(path).content if isinstance(path, int) else _lab_written.node(path)
    node.read_ns, node.changed_ns = ns or [time.time_ns()] * 2


def listdir(path="."):
    """The names in a folder."""
    import _lab_files

    return _lab_files.listdir(path)


def remove(path, *, dir_fd=None):
    """Takes a file of the script's away."""
    import _lab_written

    _lab_written.remove(path)


unlink = remove


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """Gives a file or a folder of the script's another name."""
    import _lab_written

    _lab_written.rename(src, dst)


replace = rename


def mkdir(path, mode=0o777, *, dir_fd=None):
    """Makes a folder."""
    import _lab_written

    _lab_written.mkdir(path, mode)


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


def rmdir(path, *, dir_fd=None):
    """Takes an empty folder away."""
    import _lab_written

    _lab_written.rmdir(path)


def removedirs(name):
    """Takes an empty folder away, and those above it that are empty then."""
    rmdir(name)
    head = path.dirname(path.normpath(name))
    while head not in ("", "/"):
        try:
            rmdir(head)
        except OSError:
            break
        head = path.dirname(head)


def renames(old, new):
    """Renames, makes the folders that it takes, and takes those away that are empty then."""
    head = path.dirname(new)
    if head and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head = path.dirname(old)
    if head:
        try:
            removedirs(head)
        except OSError:
            pass


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

    is_junction = is_symlink

    def stat(self, *, follow_symlinks=True):
        return stat(self.path)

    def inode(self):
        return self.stat().st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


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


def walk(top, topdown=True, onerror=None, followlinks=False):
    """A folder and all below it, each with its folders and its files; what is taken from the folders is not entered."""
    try:
        with scandir(top) as entries:
            kinds = [(entry.name, entry.is_dir()) for entry in entries]
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders, files = [[name for name, is_folder in kinds if is_folder is wanted] for wanted in (True, False)]
    top = fspath(top)
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(path.join(top, name), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


_walk_symlinks_as_files = object()


def strerror(code):
    """What an error's number means."""
    texts = {2: "No such file or directory", 9: "Bad file descriptor", 13: "Permission denied", 17: "File exists",
             20: "Not a directory", 21: "Is a directory", 22: "Invalid argument", 28: "No space left on device",
             39: "Directory not empty"}
    return texts.get(code, f"Unknown error {code}")


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
    why = "a browser tab has no files but data/ and what a script writes, and no processes"
    raise AttributeError(f"module 'os' has no attribute {attribute!r} here: {why}")


import posixpath as path  # noqa: E402  (it imports us)

sys.modules["os.path"] = path
