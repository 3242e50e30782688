# checks: arange counts in the type that it is asked for
import numpy as np


def show(*arguments, **more):
    try:
        print(repr(np.arange(*arguments, **more)))
    except Exception as error:
        print(type(error).__name__, error)


show(0, 1, 0.1, dtype=np.float32)
show(16777215, 16777220, dtype=np.float32)
show(0, 5, 0.5, dtype=int)
show(-1, 3, 0.6, dtype=int)
show(0.5, 4, dtype=np.uint8)
show(250, 260, dtype=np.uint8)
show(-1, 5, dtype=np.uint8)
show(300, 305, dtype=np.uint8)
show(2, dtype=bool)
show(3, dtype=bool)
show(3, dtype=complex)
show(0, 1, 0.25, dtype=complex)
show(0j, 3 + 3j, 1 + 1j)
show(3 + 0j)
show(1e300, dtype=int)
