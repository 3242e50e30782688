# checks: histogram, histogram2d, histogram_bin_edges
import numpy as np

data = [1, 2, 2.5, 3, 4, 4, 9.5]
print(*np.histogram(data), *np.histogram(data, bins=3), *np.histogram(data, bins=[0, 2, 4, 10]))
print(
    *np.histogram(data, bins=4, range=(0, 8)),
    *np.histogram(data, bins=2, density=True),
    *np.histogram([1, 2], weights=[0.5, 2], bins=2),
)
print(*np.histogram2d([0, 1, 1], [1, 2, 2], bins=2), np.histogram_bin_edges([1, 5], bins=4), *np.histogram([], bins=2))
counts, edges = np.histogram(np.random.default_rng(0).normal(size=1000), bins=8)
print(counts, counts.sum(), edges.shape, counts.dtype)
for action in (
    lambda: np.histogram(data, bins=0),
    lambda: np.histogram(data, bins=[3, 1]),
    lambda: np.histogram(data, range=(2, 1)),
):
    try:
        action()
    except ValueError as error:
        print(error)
