"""multiprocessing.Pool: its map sends several members at a time."""

import random
import time
from multiprocessing import Pool

try:
    from lab import tell  # the page compares runs by what they tell
except ImportError:  # anywhere else
    tell = print


def integrate(state, n_steps=5000, dt=0.01):
    """The state after n_steps steps."""
    x, y, z = state
    for _ in range(n_steps):
        dx = 10.0 * (y - x)
        dy = 28.0 * x - y - x * z
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


if __name__ == "__main__":
    rng = random.Random(42)
    states = [[rng.gauss(1.0, 0.1) for _ in range(3)] for _ in range(100)]

    start = time.perf_counter()
    with Pool(2) as pool:
        # Chunks of 13 members: 100 / (4 * 2), rounded up.
        results = pool.map(integrate, states)
    seconds = time.perf_counter() - start

    for number in (0, 1, 99):
        x, y, z = results[number]
        print(f"member {number:2}: x {x:.2f}, y {y:.2f}, z {z:.2f}")
    tell("result", sum(x for x, y, z in results))
    print(f"100 members, two workers: {seconds:.2f} s")
