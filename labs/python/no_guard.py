"""Each new process reads this script, and would start processes itself.

Python refuses. Put this line before the last part, and indent what
follows it:  if __name__ == "__main__":
"""

import random
import time
from concurrent.futures import ProcessPoolExecutor


def integrate(state, n_steps=5000, dt=0.01):
    """The state after n_steps steps."""
    x, y, z = state
    for _ in range(n_steps):
        dx = 10.0 * (y - x)
        dy = 28.0 * x - y - x * z
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


rng = random.Random(42)
states = [[rng.gauss(1.0, 0.1) for _ in range(3)] for _ in range(30)]

start = time.perf_counter()
with ProcessPoolExecutor(max_workers=2) as executor:
    results = list(executor.map(integrate, states))
print(f"two workers: {time.perf_counter() - start:.2f} s")
