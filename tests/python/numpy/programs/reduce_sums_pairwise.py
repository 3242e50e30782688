# checks: the order in which floats are summed: every bit of long sums
import numpy as np

rng = np.random.RandomState(7)
for n in (7, 8, 9, 127, 128, 129, 1000, 4099):
    x = rng.random_sample(n) * 10 - 5
    f = x.astype(np.float32)
    z = x + 1j * x[::-1]
    print(
        n, float(x.sum()).hex(), float(x[::2].sum()).hex(), float(f.sum()).hex(), z.sum().real.hex(), z.sum().imag.hex()
    )
    print(float(x.mean()).hex(), float(x.std()).hex(), float(f.mean()).hex(), float(np.cumsum(x)[-1]).hex())
m = (rng.random_sample((13, 17)) - 0.5) * 3
for a in (m, m.T, m[::2], m[:, ::3]):
    for axis in (None, 0, 1):
        print(float(np.sum(a, axis=axis).ravel()[-1]).hex(), end=" ")
    print()
print(sum(m[0].tolist()).hex(), float(m[0].sum()).hex())
