# checks: resampling with replacement, its quantiles, and the same by a permutation test
import numpy as np

rng = np.random.default_rng(20)
a = np.array([4.1, 5.0, 3.2, 6.6, 4.4, 5.9])
b = np.array([5.1, 6.5, 7.2, 5.8])
means = a[rng.integers(0, a.size, (500, a.size))].mean(axis=1)
print(np.percentile(means, [2.5, 50, 97.5]).round(9), means.argmin(), round(float(means.std(ddof=1)), 9))
both = np.concatenate([a, b])
observed = b.mean() - a.mean()
count = 0
for _ in range(300):
    mixed = rng.permutation(both)
    count += mixed[a.size :].mean() - mixed[: a.size].mean() >= observed
print(count, count / 300, observed.hex())
