# checks: tobytes, frombuffer, fromstring-like ways, tolist
# known-difference: arrays share no buffer with Python
import numpy as np

a = np.array([1, 2, 3], dtype=np.int32)
print(a.tobytes().hex(), np.array([1.5]).tobytes().hex(), np.array([True, False]).tobytes())
print(
    np.frombuffer(a.tobytes(), dtype=np.int32),
    np.frombuffer(b"\x00\x00\xc0\x3f\xff", dtype=np.uint8, count=2, offset=3),
)
m = np.arange(4, dtype=np.uint8).reshape(2, 2)
print(m.T.tobytes(), m.tobytes("F"), m.T.copy().tobytes(), bytes(m[0]), memoryview(m).tolist())
b = np.frombuffer(bytearray(8), dtype=np.int32)
b[0] = 1
print(b, np.frombuffer(bytes(8), dtype=np.int32).flags.writeable)
print(np.array([[1, 2], [3, 4]]).tolist(), np.array(2.5).tolist(), [type(x).__name__ for x in np.arange(2).tolist()])
try:
    np.frombuffer(b"abc", dtype=np.int32)
except ValueError as error:
    print(error)
