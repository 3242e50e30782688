# checks: seeds, get_state, set_state, RandomState of one's own
import pickle

import numpy as np

np.random.seed(123)
state = np.random.get_state()
print(state[0], state[1][:3], state[2:])
a = np.random.randn(3)
after = np.random.get_state()
print(after[2:])
np.random.set_state(state)
print(np.array_equal(a, np.random.randn(3)))
rng = np.random.RandomState(123)
print(np.array_equal(a, rng.randn(3)), rng)
copy = pickle.loads(pickle.dumps(rng))
print(rng.rand() == copy.rand(), rng.randint(100) == copy.randint(100))
for seed in (0, 2**32 - 1, [1, 2, 3], np.array([7])):
    print(np.random.RandomState(seed).random_sample().hex())
for seed in (-1, 2**32, 1.5, "a"):
    try:
        np.random.seed(seed)
    except Exception as error:
        print(type(error).__name__, error)
