"""Values and arrays that processes share: those of `ctypes` that have a typecode, in the memory of the region."""

import struct

import _lab_shared
from multiprocessing import context

# Typecode -> what ctypes calls the type, and struct's letter for it. On Linux a long has eight bytes.
_TYPES = {
    "c": ("c_char", "c"), "u": ("c_wchar", "I"), "b": ("c_byte", "b"), "B": ("c_ubyte", "B"), "h": ("c_short", "h"),
    "H": ("c_ushort", "H"), "i": ("c_int", "i"), "I": ("c_uint", "I"), "l": ("c_long", "q"), "L": ("c_ulong", "Q"),
    "q": ("c_long", "q"), "Q": ("c_ulong", "Q"), "f": ("c_float", "f"), "d": ("c_double", "d"), "?": ("c_bool", "?"),
}


def _typecode_of(kind):
    """A type of our `ctypes` names a typecode."""
    typecode = kind if isinstance(kind, str) else getattr(kind, "_type_", None)
    if not isinstance(typecode, str) or typecode not in _TYPES:
        raise TypeError(f"a simple type such as ctypes.c_int or 'i' is needed here, not {kind!r}")
    return typecode


class _Shared:
    def __init__(self, kind, length, at=None):
        self._typecode = typecode = _typecode_of(kind)
        self._type, self._format = _TYPES[typecode]
        self._length = length
        self._size = struct.calcsize(self._format)
        self._at = _lab_shared.allocate(max(1, length * self._size)) if at is None else at
        self._view = _lab_shared.View(self._at, length * self._size, self._format)

    def __reduce__(self):
        context.assert_spawning(self)
        return _rebuilt, (type(self), self._typecode, self._length, self._at)

    def _to_memory(self, value):
        """What is stored: integers wrap, as C's do."""
        if self._typecode == "c":
            if isinstance(value, int):
                value = bytes([value])
            if not (isinstance(value, (bytes, bytearray)) and len(value) == 1):
                raise TypeError("one character bytes, bytearray, or an integer in range(256) expected")
            return bytes(value)
        if self._typecode == "u":
            if not (isinstance(value, str) and len(value) == 1):
                raise TypeError("unicode string expected instead of %s instance" % type(value).__name__)
            return ord(value)
        if self._format == "?":
            return bool(value)
        if self._format in "fd":
            if isinstance(value, (int, float)) or hasattr(value, "__float__") or hasattr(value, "__index__"):
                return float(value)
            raise TypeError(f"must be real number, not {type(value).__name__}")
        if not hasattr(value, "__index__"):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        value, bits = value.__index__(), 8 * self._size
        value &= (1 << bits) - 1
        return value - (1 << bits) if self._format.islower() and value >> (bits - 1) else value

    def _from_memory(self, value):
        return chr(value) if self._typecode == "u" else value


def _rebuilt(kind, typecode, length, at):
    return kind(typecode, length, at)


class _Value(_Shared):
    @property
    def value(self):
        return self._from_memory(self._view[0])

    @value.setter
    def value(self, value):
        self._view[0] = self._to_memory(value)

    def __repr__(self):
        return f"{self._type}({self.value!r})"


class _Array(_Shared):
    def __len__(self):
        return self._length

    def __getitem__(self, key):
        if isinstance(key, slice):
            values = self._view.tolist()[key]
            if self._typecode == "c":
                return b"".join(values)
            return "".join(map(chr, values)) if self._typecode == "u" else values
        return self._from_memory(self._view[self._index(key)])

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            indices = range(*key.indices(self._length))
            if len(value) != len(indices):
                raise ValueError("Can only assign sequence of same size")
            for index, item in zip(indices, value):
                self._view[index] = self._to_memory(item)
        else:
            self._view[self._index(key)] = self._to_memory(value)

    def _index(self, key):
        if not -self._length <= key < self._length:
            raise IndexError("invalid index")
        return key

    def __iter__(self):
        return (self._from_memory(value) for value in self._view.tolist())

    @property
    def raw(self):
        return self._view.tobytes()

    @raw.setter
    def raw(self, data):
        if len(data) > self._length:
            raise ValueError("byte string too long")
        self._view.cast("B")[: len(data)] = data

    @property
    def value(self):
        if self._typecode == "u":
            return "".join(self).partition("\0")[0]
        return self.raw.partition(b"\0")[0]

    @value.setter
    def value(self, data):
        if len(data) > self._length:
            raise ValueError("byte string too long")
        end = ["\0" if self._typecode == "u" else 0] if len(data) < self._length else []
        for index, item in enumerate([*data, *end]):
            self._view[index] = self._to_memory(item)

    def __repr__(self):
        return f"<multiprocessing.sharedctypes.{self._type}_Array_{self._length} object at {id(self):#x}>"

    def __getattribute__(self, name):
        # Only arrays of characters have these.
        if name in ("value", "raw") and object.__getattribute__(self, "_typecode") not in "cu":
            raise AttributeError(f"'{self._type}_Array_{self._length}' object has no attribute {name!r}")
        return object.__getattribute__(self, name)


def RawValue(typecode_or_type, *args):
    """A value that processes share, without a lock."""
    _lab_shared.check("Value")
    shared = _Value(typecode_or_type, 1)
    if args:
        shared.value = args[0]
    return shared


def RawArray(typecode_or_type, size_or_initializer):
    """An array that processes share, without a lock."""
    _lab_shared.check("Array")
    if isinstance(size_or_initializer, int):
        if size_or_initializer < 0:
            raise ValueError("Array length must be >= 0")
        return _Array(typecode_or_type, size_or_initializer)
    values = list(size_or_initializer)
    shared = _Array(typecode_or_type, len(values))
    for index, value in enumerate(values):
        shared[index] = value
    return shared


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """A value that processes share, with a lock around each use of it."""
    return _wrapped(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """An array that processes share, with a lock around each use of it."""
    return _wrapped(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _wrapped(shared, lock, ctx):
    if lock is False:
        return shared
    if lock in (True, None):
        ctx = ctx or context.default_context
        lock = ctx.RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(shared, lock)


def synchronized(obj, lock=None, ctx=None):
    """The same with a lock around each use."""
    if isinstance(obj, _Value):
        return Synchronized(obj, lock, ctx)
    return (SynchronizedString if obj._typecode == "c" else SynchronizedArray)(obj, lock, ctx)


class SynchronizedBase:
    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or context.default_context).RLock()
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exception):
        return self._lock.__exit__(*exception)

    def __reduce__(self):
        context.assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


def _locked(name):
    def get(self):
        with self:
            return getattr(self._obj, name)

    def put(self, value):
        with self:
            setattr(self._obj, name, value)

    return property(get, put)


class Synchronized(SynchronizedBase):
    value = _locked("value")


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, index):
        with self:
            return self._obj[index]

    def __setitem__(self, index, value):
        with self:
            self._obj[index] = value

    def __getslice__(self, start, stop):
        with self:
            return self._obj[start:stop]


class SynchronizedString(SynchronizedArray):
    value = _locked("value")
    raw = _locked("raw")
