# checks: iinfo, finfo and constants
import numpy as np

for kind in (np.uint8, np.int32, np.int64):
    info = np.iinfo(kind)
    print(kind.__name__, info.min, info.max, info.bits)
for kind in (np.float32, np.float64):
    info = np.finfo(kind)
    print(kind.__name__, info.eps, info.max, info.min, info.tiny, info.bits, info.precision)
print(np.pi, np.e, np.euler_gamma, np.inf, -np.inf, np.nan, np.newaxis)
print(np.iinfo(np.int32))
print(np.spacing(1.0), np.nextafter(1.0, 2), np.nextafter(np.float32(1), np.float32(0)), np.finfo(float).eps == 2**-52)
try:
    np.iinfo(float)
except ValueError as error:
    print(error)
