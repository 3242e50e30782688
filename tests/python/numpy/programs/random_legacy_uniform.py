# checks: the legacy generator's uniform numbers and integers, to the bit
import numpy as np

np.random.seed(42)
print(
    [x.hex() for x in np.random.rand(3).tolist()],
    np.random.random(),
    np.random.random_sample((2, 2)),
    np.random.uniform(-40, 40, size=3),
)
print(
    np.random.randint(10),
    np.random.randint(0, 100, size=(2, 3)),
    np.random.randint(5, 8, 10),
    np.random.randint(2**40, size=2),
)
print(
    np.random.randint(0, 256, 8, dtype=np.uint8), np.random.randint(-5, 5, 4, dtype=np.int32), np.random.bytes(5).hex()
)
print(np.random.ranf(2), np.random.uniform(size=()), np.random.uniform([0, 10], [1, 20]), np.random.rand())
for wrong in (
    lambda: np.random.randint(5, 5),
    lambda: np.random.randint(0),
    lambda: np.random.randint(0, 300, dtype=np.uint8),
    lambda: np.random.rand(-1),
    lambda: np.random.uniform(0, np.inf),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
