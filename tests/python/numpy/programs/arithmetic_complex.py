# checks: complex arithmetic
import numpy as np

z = np.array([1 + 2j, -0.5j, 3])
w = np.array([2 - 1j, 1j, -4 + 4j])
print(z + w, z - w, z * w, z / w, -z, z.conj(), z.real, z.imag, np.conjugate(w))
print(
    np.round(np.abs(z), 9),
    np.round(np.angle(z), 9),
    np.angle(1j, deg=True),
    z**2,
    np.round(z**0.5, 9),
    z.sum(),
    z.mean(),
    z.prod(),
)
print(
    z == w,
    z != 3,
    np.iscomplex(z),
    np.isreal(z),
    np.iscomplexobj(z),
    np.round(np.exp(1j * np.pi), 9),
    z.dot(w),
    np.vdot(z, w),
)
print(np.sort(w), w.max(), np.sqrt(np.array([-4 + 0j])), np.real_if_close(np.array([1 + 1e-17j])))
try:
    z // w
except TypeError as error:
    print(error)
try:
    np.floor(z)
except TypeError as error:
    print(error)
