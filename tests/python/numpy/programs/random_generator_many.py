# checks: long streams of default_rng, by their hash
import hashlib

import numpy as np


def digest(a):
    return hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()[:16]


rng = np.random.default_rng(2024)
print(
    digest(rng.random(10000)),
    digest(rng.integers(0, 1000, 10000)),
    digest(rng.permutation(1000)),
    digest(rng.random(999, dtype="f4")),
)
print(
    digest(rng.integers(0, 2**62, 1000)), digest(rng.integers(0, 7, 1001, dtype=np.uint8)), digest(rng.choice(50, 1000))
)
print(
    digest(rng.integers(0, 2**32, 501)),
    digest(rng.uniform(-1, 1, (50, 50))),
    digest(rng.integers(0, 2, 500, dtype=bool)),
    rng.random(),
)
