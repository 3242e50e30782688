# checks: generators through pickle go on where they were
import copy
import pickle

import numpy as np

rng = np.random.default_rng(3)
rng.random(5)
twin = pickle.loads(pickle.dumps(rng))
print(np.array_equal(rng.random(4), twin.random(4)), rng.integers(100) == twin.integers(100), twin)
other = copy.deepcopy(rng)
print(other.normal() == rng.normal())
seeds = pickle.loads(pickle.dumps(np.random.SeedSequence(5).spawn(2)))
print(seeds[1].spawn_key, seeds[1].generate_state(2))
