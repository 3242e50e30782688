# checks: order C and F, ascontiguousarray, asfortranarray, copy and strides
import numpy as np

a = np.arange(6).reshape(2, 3)
f = np.asfortranarray(a)
print(f.strides, f.flags.f_contiguous, np.array_equal(a, f), f.ravel("K"), f.ravel(), f.T.flags.c_contiguous)
print(np.ascontiguousarray(f).strides, f.copy().strides, f.copy("K").strides, np.copy(f).strides, np.array(f).strides)
print(
    (f + 1).strides,
    (a.T + 1).strides,
    (a + f).strides,
    np.zeros_like(f).strides,
    f.astype(float).strides,
    f[:, ::2].copy().strides,
)
print(
    np.zeros((3, 4), order="F").strides,
    a.T.copy().strides,
    np.array(a.T, order="C").strides,
    a.tobytes() == f.tobytes(),
)
