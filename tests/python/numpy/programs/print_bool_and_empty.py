# checks: bool arrays, empty arrays
import numpy as np

print(np.array([True, False]), repr(np.array([True, False])), repr(np.array([[True], [False]])))
for shape in ((0,), (0, 3), (3, 0), (2, 0, 4)):
    print(np.zeros(shape), repr(np.zeros(shape)), repr(np.zeros(shape, dtype=int)))
print(repr(np.array([], dtype=bool)), repr(np.array([], dtype=np.float32)), np.array([[], []]).shape)
print(repr(np.array(5)), repr(np.array(5.0)), repr(np.array(True)), repr(np.array(5, dtype=np.int32)), np.array(1j))
