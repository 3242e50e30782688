# checks: what IEEE arithmetic fixes, to the last bit
import numpy as np

a = np.array([0.1, -2.5, 7.25, 1e-3])
b = np.array([3.0, 0.7, -1.3, 1e5])
for result in (a + b, a - b, a * b, a / b, a // b, a % b, np.fmod(a, b), np.sqrt(abs(a)), a * a, 1 / b, np.square(b)):
    print([x.hex() for x in result.tolist()])
print(np.floor(a), np.ceil(a), np.trunc(a), np.rint([0.5, 1.5, -0.5, 2.5]), np.modf(a)[1])
print(np.copysign(1, [-0.0, 2]), np.signbit(a), np.frexp(a), np.ldexp(0.5, [1, 3]), np.reciprocal([4.0, 0.5]))
f = np.array([0.1, 0.2, 0.3], np.float32)
print([x.hex() for x in (f * f + f / 3).tolist()], (f * np.float64(1)).dtype, (f // np.float32(0.1)))
print(np.divmod(7.5, [2.0, -2.0]), np.heaviside([-1, 0, 2], 0.5), np.float_power(2, [1, 2]))
