# checks: powers of a matrix of probabilities
import numpy as np

p = np.array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.0, 0.25, 0.75]])
state = np.array([1.0, 0.0, 0.0])
for step in range(4):
    print(step, state)
    state = state @ p
print(np.linalg.matrix_power(p, 4)[0], np.round(np.linalg.matrix_power(p, 64), 6), p.sum(axis=1))
path = [0]
rng = np.random.default_rng(6)
for _ in range(30):
    path.append(int(rng.choice(3, p=p[path[-1]])))
print(path, np.bincount(path, minlength=3) / len(path))
