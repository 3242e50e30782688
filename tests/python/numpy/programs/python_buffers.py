# checks: bytes, bytearray, memoryview and array.array with NumPy
# known-difference: arrays share no buffer with Python
import array
import hashlib

import numpy as np

a = np.arange(4, dtype=np.int32)
view = memoryview(a)
print(view.format, view.shape, view.itemsize, view.nbytes, view.tolist(), view.readonly)
view[1] = 50
print(
    a,
    np.array(array.array("d", [1.5, 2])),
    np.asarray(memoryview(b"ab")),
    np.frombuffer(array.array("i", [7, 8]), np.int32),
)
print(
    hashlib.sha256(a).hexdigest()[:12] == hashlib.sha256(a.tobytes()).hexdigest()[:12],
    bytes(np.array([65, 66], np.uint8)),
)
data = bytearray(4)
b = np.frombuffer(data, np.uint8)
b[:] = [1, 2, 3, 4]
print(data, np.array(bytearray(b"xy")), a.data.nbytes, b.tobytes().hex())
