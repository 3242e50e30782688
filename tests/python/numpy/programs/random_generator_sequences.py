# checks: default_rng's shuffle, permutation, permuted and choice
# known-difference: no strings in arrays
import numpy as np

rng = np.random.default_rng(99)
a = np.arange(8)
rng.shuffle(a)
m = np.arange(12).reshape(3, 4)
print(a, rng.permutation(6), rng.permutation(m), rng.permutation(m, axis=1), rng.permuted(m, axis=1))
rng.shuffle(m, axis=1)
words = list("abcdef")
rng.shuffle(words)
print(m, words)
print(
    rng.choice(5, 3),
    rng.choice([10, 20, 30], size=(2, 2)),
    rng.choice(5, 5, replace=False),
    rng.choice(10000, 4, replace=False),
)
print(
    rng.choice(3, 6, p=[0.2, 0.0, 0.8]),
    rng.choice(m, 2, axis=1),
    rng.choice(4, 3, replace=False, shuffle=False),
    rng.choice(9),
)
print(rng.choice(4, 2, replace=False, p=[0.1, 0.2, 0.3, 0.4]), rng.choice(["x", "y"], 1)[0] in ("x", "y"))
for wrong in (
    lambda: rng.choice(3, 4, replace=False),
    lambda: rng.choice(2, p=[0.5, 0.6]),
    lambda: rng.choice([]),
    lambda: rng.choice(-1),
    lambda: rng.choice(2.5),
    lambda: rng.shuffle(3),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
