"""The simple types of `ctypes`, by which `multiprocessing.Value` and `Array` say what they hold; no C is called."""

import struct

_WHY_NOT = (
    "this Python cannot call compiled code: of ctypes there are only the simple types, such as c_int and c_double, "
    "for multiprocessing.Value and Array"
)


class _Kind(type):
    """The type of types: `c_int * 4` would be an array of C's."""

    def __mul__(cls, length):
        raise NotImplementedError(_WHY_NOT)

    __rmul__ = __mul__


class _SimpleCData(metaclass=_Kind):
    """A value with the bounds of a type of C."""

    def __init__(self, value=None):
        self.value = type(self)._zero if value is None else value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = self._kept(value)

    def __repr__(self):
        return f"{type(self).__name__}({self._value!r})"

    def __bool__(self):
        return bool(self._value)


class _Integer(_SimpleCData):
    _zero = 0

    def _kept(self, value):
        if not hasattr(value, "__index__"):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        bits = 8 * sizeof(self)
        value = value.__index__() & (1 << bits) - 1
        return value - (1 << bits) if self._format.islower() and value >> bits - 1 else value


class _Float(_SimpleCData):
    _zero = 0.0

    def _kept(self, value):
        if not isinstance(value, (int, float)) and not hasattr(value, "__float__"):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return struct.unpack(self._format, struct.pack(self._format, float(value)))[0]


class c_bool(_SimpleCData):
    _type_, _format, _zero = "?", "?", False
    _kept = staticmethod(bool)


class c_char(_SimpleCData):
    _type_, _format, _zero = "c", "c", b"\0"

    def _kept(self, value):
        if isinstance(value, int) and 0 <= value < 256:
            return bytes([value])
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise TypeError("one character bytes, bytearray, or an integer in range(256) expected")
        return bytes(value)


class c_wchar(_SimpleCData):
    _type_, _format, _zero = "u", "I", "\0"

    def _kept(self, value):
        if not isinstance(value, str) or len(value) != 1:
            raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
        return value


def _simple(kind, name, typecode, layout):
    globals()[name] = type(kind)(name, (kind,), {"_type_": typecode, "_format": layout, "__module__": __name__})


# On Linux a long has eight bytes.
for _name, _typecode, _layout in (
    ("c_byte", "b", "b"), ("c_ubyte", "B", "B"), ("c_short", "h", "h"), ("c_ushort", "H", "H"), ("c_int", "i", "i"),
    ("c_uint", "I", "I"), ("c_long", "l", "q"), ("c_ulong", "L", "Q"),
):
    _simple(_Integer, _name, _typecode, _layout)
for _name, _typecode in (("c_float", "f"), ("c_double", "d")):
    _simple(_Float, _name, _typecode, _typecode)
c_int8, c_uint8, c_int16, c_uint16, c_int32, c_uint32 = c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint  # noqa: F821
c_int64 = c_longlong = c_ssize_t = c_long  # noqa: F821
c_uint64 = c_ulonglong = c_size_t = c_ulong  # noqa: F821


def sizeof(kind):
    """Its bytes, as on Linux."""
    try:
        return struct.calcsize(kind._format)
    except AttributeError:
        raise TypeError("this type has no size") from None


class _Refused(type):
    """What is not here says so where it is used."""

    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get("_is_ours"):
            raise NotImplementedError(f"ctypes.{cls.__name__}: {_WHY_NOT}")
        return super().__call__(*args, **kwargs)

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotImplementedError(f"ctypes.{cls.__name__}: {_WHY_NOT}")

    def __new__(kind, name, bases, names):
        if bases:
            raise NotImplementedError(f"ctypes.{bases[0].__name__}: {_WHY_NOT}")
        return super().__new__(kind, name, bases, {**names, "_is_ours": True})


for _name in (
    "CDLL PyDLL LibraryLoader cdll pydll pythonapi Structure Union BigEndianStructure LittleEndianStructure Array "
    "POINTER pointer byref addressof cast CFUNCTYPE PYFUNCTYPE py_object c_char_p c_wchar_p c_void_p memmove memset "
    "string_at wstring_at create_string_buffer create_unicode_buffer alignment resize get_errno set_errno"
).split():
    globals()[_name] = _Refused(_name, (), {"__module__": __name__})
del _name, _typecode, _layout
