"""Blocks of shared memory by their names. `ShareableList` is CPython's own."""

import errno
import secrets
import struct

import _lab_shared
import _region
import multiprocessing._shared_memory as _theirs

__all__ = ["ShareableList", "SharedMemory"]

# A block's words: the next one, how many bytes, whether it has its name still, how long that is; then name and bytes.
_SIZE, _NAMED, _NAME_LENGTH, _NAME = 4, 8, 12, 16


def _found(name):
    for block in _lab_shared.each(_lab_shared.LAST_BLOCK):
        if _region.load(block + _NAMED) and _region.read(block + _NAME, _region.load(block + _NAME_LENGTH)) == name:
            return block
    return 0


class SharedMemory:
    """A block that every process can attach to by its name."""

    def __init__(self, name=None, create=False, size=0, *, track=True):
        _lab_shared.check("shared_memory.SharedMemory")
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        if name is None and not create:
            raise ValueError("'name' can only be None if create=True")
        self._name = f"psm_{secrets.token_hex(4)}" if name is None else name
        if "\0" in self._name:
            raise ValueError("embedded null character")
        block = _found(self._name.encode())
        if create:
            if block:
                raise FileExistsError(errno.EEXIST, "File exists", f"/{self._name}")
            block = self._made(size)
        elif not block:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", f"/{self._name}")
        self._block = block
        self._size = _region.load(block + _SIZE)
        at = block + _NAME + (_region.load(block + _NAME_LENGTH) + 7 & ~7)
        self._buf = _lab_shared.View(at, self._size)

    def _made(self, size):
        name = self._name.encode()
        block = _lab_shared.allocate(_NAME + (len(name) + 7 & ~7) + size)
        for offset, value in ((_SIZE, size), (_NAMED, 1), (_NAME_LENGTH, len(name))):
            _region.store(block + offset, value)
        _region.write(block + _NAME, name)
        _lab_shared.push(_lab_shared.LAST_BLOCK, block)
        return block

    @property
    def buf(self):
        return self._buf

    @property
    def name(self):
        return self._name

    @property
    def size(self):
        return self._size

    def close(self):
        if self._buf is not None:
            self._buf.release()
            self._buf = None

    def unlink(self):
        if not _region.replace(self._block + _NAMED, 1, 0):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", f"/{self._name}")

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r}, size={self.size})"


class _Struct:
    """What a list does with its block by `struct`."""

    calcsize = staticmethod(struct.calcsize)

    @staticmethod
    def pack_into(format, view, offset, *values):
        data = struct.pack(format, *values)
        view[offset : offset + len(data)] = data

    @staticmethod
    def unpack_from(format, view, offset=0):
        return struct.unpack(format, view[offset : offset + struct.calcsize(format)].tobytes())


_theirs.struct = _Struct
_theirs.SharedMemory = SharedMemory
ShareableList = _theirs.ShareableList
ShareableList.__module__ = __name__
