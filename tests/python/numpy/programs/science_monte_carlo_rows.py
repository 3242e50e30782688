# checks: means of samples come nearer to the mean: shapes of experiments and trials
import numpy as np

rng = np.random.default_rng(2)
for n in (10, 100, 1000):
    means = rng.random((200, n)).mean(axis=1)
    print(n, means.shape, means.std().hex(), round(float(abs(means.mean() - 0.5)), 9))
dice = rng.integers(1, 7, size=(1000, 2)).sum(axis=1)
values, counts = np.unique(dice, return_counts=True)
print(dict(zip(values.tolist(), counts.tolist())))
