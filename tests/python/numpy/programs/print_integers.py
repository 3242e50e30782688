# checks: integer arrays are printed in columns
import numpy as np

print(np.arange(10))
print(np.array([[1, -20], [300, 4]]))
print(repr(np.array([[1, -20], [300, 4]], dtype=np.int32)))
print(np.arange(8).reshape(2, 2, 2))
print(repr(np.arange(8).reshape(2, 2, 2)))
print(np.arange(40))
print(repr(np.arange(100, 140)))
print(np.array([2**62, -1]), np.array([255, 0], np.uint8), repr(np.array([1, 2], np.uint8)))
print(str(np.arange(3)), f"{np.arange(3)}", "%s" % np.arange(3))
