# not-in-stand-in: CPython has all of it
# self-checking: what of ctypes is not here says so where it is used
import ctypes


def structure():
    class Point(ctypes.Structure):
        _fields_ = [("x", ctypes.c_int)]


for use in (
    lambda: ctypes.CDLL("libc.so.6"),
    lambda: ctypes.cdll.LoadLibrary("libm.so"),
    lambda: ctypes.byref(ctypes.c_int(1)),
    lambda: ctypes.c_int * 4,
    lambda: ctypes.create_string_buffer(8),
    structure,
):
    try:
        use()
    except NotImplementedError as error:
        assert "cannot call compiled code" in str(error), error
        print(error)
    else:
        raise SystemExit("it is there")
