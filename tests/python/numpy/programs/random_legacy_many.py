# checks: long streams of the legacy generator, by their hash
import hashlib

import numpy as np


def digest(a):
    return hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()[:16]


rng = np.random.RandomState(2024)
print(digest(rng.random_sample(10000)), digest(rng.randint(0, 1000, 10000)), digest(rng.permutation(1000)))
print(
    digest(rng.randint(0, 2**62, 1000)), digest(rng.randint(0, 7, 1000, dtype=np.uint8)), digest(rng.choice(50, 1000))
)
print(
    digest(rng.binomial(20, 0.4, 1000)),
    digest(rng.uniform(-1, 1, (50, 50))),
    digest(rng.randint(0, 2, 500, dtype=bool)),
)
