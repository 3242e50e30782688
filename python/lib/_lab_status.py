"""What `os.stat` gives; the size of a data file is read when it is asked for."""


class stat_result:
    """What `stat` knows of a file: as a tuple, and by names. There are no owners and devices."""

    __module__ = "os"
    n_fields, n_sequence_fields, n_unnamed_fields = 19, 10, 3
    _names = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime",
              "st_ctime")
    st_dev, st_nlink, st_uid, st_gid, st_blksize = 1, 1, 0, 0, 4096

    def __init__(self, mode, number, size, read_ns=0, changed_ns=0):
        self.st_mode, self.st_ino, self._size = mode, number, size
        self.st_atime_ns, self.st_mtime_ns, self.st_ctime_ns = read_ns, changed_ns, changed_ns

    @property
    def st_size(self):
        if not isinstance(self._size, int):
            self._size = self._size()
        return self._size

    st_blocks = property(lambda self: -(-self.st_size // 512))
    st_atime = property(lambda self: self.st_atime_ns / 1e9)
    st_mtime = property(lambda self: self.st_mtime_ns / 1e9)
    st_ctime = property(lambda self: self.st_ctime_ns / 1e9)

    def _tuple(self):
        values = (getattr(self, name) for name in self._names)
        return tuple(int(value) for value in values)

    def __len__(self):
        return len(self._names)

    def __getitem__(self, index):
        return self._tuple()[index]

    def __eq__(self, other):
        return isinstance(other, (tuple, stat_result)) and self._tuple() == tuple(other)

    def __hash__(self):
        return hash(self._tuple())

    def __repr__(self):
        return f"os.stat_result({', '.join(f'{name}={value}' for name, value in zip(self._names, self._tuple()))})"


def status_of(node):
    """The same of what the script has written."""
    data = getattr(node, "data", None)
    return stat_result(node.mode, node.number, 4096 if data is None else len(data), node.read_ns, node.changed_ns)
