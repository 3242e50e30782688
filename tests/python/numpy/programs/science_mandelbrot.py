# checks: complex numbers on a grid, with a mask of those that still count
import numpy as np

y, x = np.mgrid[-1:1:9j, -2:1:25j]
c = x + 1j * y
z = np.zeros_like(c)
steps = np.zeros(c.shape, dtype=int)
inside = np.ones(c.shape, dtype=bool)
for _ in range(20):
    z[inside] = z[inside] ** 2 + c[inside]
    inside &= z.real**2 + z.imag**2 < 4
    steps[inside] += 1
print("\n".join("".join(" .:-=+*#%@"[n * 9 // 20] for n in row) for row in steps))
print(steps.sum(), inside.sum())
