# checks: what a seed may be, and that the same seed gives the same numbers
import numpy as np

for seed in (0, 1, 2**32, 2**100 + 5, [1, 2, 3], (7, 8), np.int64(42), np.random.SeedSequence(42)):
    print(np.random.default_rng(seed).random().hex())
a, b = np.random.default_rng(5), np.random.default_rng(5)
print(
    np.array_equal(a.random(10), b.random(10)),
    np.random.default_rng(a) is a,
    a.random() == np.random.default_rng(5).random(),
)
print(np.random.default_rng().random() != np.random.default_rng().random())
rng = np.random.Generator(np.random.PCG64(12))
print(
    rng.random().hex(),
    np.random.Generator(np.random.MT19937(12)).random().hex(),
    rng.bit_generator.state["bit_generator"],
)
saved = rng.bit_generator.state
x = rng.random(3)
rng.bit_generator.state = saved
print(np.array_equal(x, rng.random(3)))
for seed in (-1, 1.5, "a"):
    try:
        np.random.default_rng(seed)
    except Exception as error:
        print(type(error).__name__, error)
