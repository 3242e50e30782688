# checks: SeedSequence, spawn: independent streams for workers
import numpy as np

sequence = np.random.SeedSequence(12345)
print(sequence, sequence.generate_state(4), sequence.entropy)
children = sequence.spawn(3)
print([child.spawn_key for child in children], sequence.n_children_spawned, children[1])
print([np.random.default_rng(child).random().hex() for child in children])
print(
    children[0].spawn(1)[0].spawn_key,
    np.random.SeedSequence(12345, spawn_key=(2,)).generate_state(1) == children[2].generate_state(1),
)
rng = np.random.default_rng(1)
kids = rng.spawn(2)
print([kid.integers(1000, size=3).tolist() for kid in kids], rng.spawn(1)[0].random(), rng.random())
print(np.random.Generator(np.random.PCG64(3).jumped()).random(), np.random.SeedSequence([1, 2]).generate_state(1))
