# checks: default_rng's integers of every dtype and range
import numpy as np

rng = np.random.default_rng(7)
print(rng.integers(10), rng.integers(0, 100, size=(2, 3)), rng.integers(5, 8, 10), rng.integers(1, 6, 8, endpoint=True))
print(
    rng.integers(0, 256, 9, dtype=np.uint8), rng.integers(-5, 5, 4, dtype=np.int32), rng.integers(2, size=4, dtype=bool)
)
print(
    rng.integers(-(2**63), 2**63 - 1, 2, endpoint=True),
    rng.integers(2**40, size=3),
    rng.integers([0, 10], [5, 20]),
    rng.integers(0, 1, 3),
)
print(rng.random(), rng.integers(3), rng.random(), rng.integers(100, size=0), type(rng.integers(5)).__name__)
for wrong in (
    lambda: rng.integers(0),
    lambda: rng.integers(5, 2),
    lambda: rng.integers(0, 300, dtype=np.uint8),
    lambda: rng.integers(3, dtype=float),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
