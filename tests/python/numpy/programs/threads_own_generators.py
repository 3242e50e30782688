# checks: threads with generators of their own print the same each time
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def walk(rng, steps=1000):
    return int(rng.choice([-1, 1], size=steps).sum())


with ThreadPoolExecutor(4) as executor:
    results = list(executor.map(walk, np.random.default_rng(10).spawn(6)))
print(results, results == [walk(rng) for rng in np.random.default_rng(10).spawn(6)])
