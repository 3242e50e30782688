# checks: the legacy generator's shuffle, permutation and choice
import numpy as np

np.random.seed(5)
a = np.arange(10)
np.random.shuffle(a)
print(a, np.random.permutation(6), np.random.permutation([[1, 2], [3, 4], [5, 6]]))
m = np.arange(6).reshape(3, 2)
np.random.shuffle(m)
words = ["a", "b", "c", "d"]
np.random.shuffle(words)
print(m, words)
print(
    np.random.choice(5, 3),
    np.random.choice([10, 20, 30], size=(2, 2)),
    np.random.choice(5, 5, replace=False),
    np.random.choice(7),
)
print(np.random.choice(3, 6, p=[0.2, 0.0, 0.8]), np.random.choice(4, 2, replace=False, p=[0.1, 0.2, 0.3, 0.4]))
for wrong in (
    lambda: np.random.choice(3, 4, replace=False),
    lambda: np.random.choice(2, p=[0.5, 0.6]),
    lambda: np.random.choice([]),
    lambda: np.random.choice(3, p=[1]),
    lambda: np.random.choice(2, p=[-1, 2]),
):
    try:
        wrong()
    except ValueError as error:
        print(error)
