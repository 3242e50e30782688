# checks: view(dtype), real and imag as views
# known-difference: a view has elements of the same size
import numpy as np

z = np.array([1 + 2j, 3 - 4j])
z.real[:] = 0
z.imag *= 2
print(z)
print(z.view(np.float64))
f = np.array([1.0, -2.0, 0.5])
print([hex(bits) for bits in f.view(np.int64)])
i = np.array([1, 256], dtype=np.int32)
print(i.view(np.uint8), i.view(np.uint8).shape)
i.view(np.uint8)[0] = 5
print(i)
try:
    np.zeros(3, np.uint8).view(np.int32)
except ValueError as error:
    print(error)
