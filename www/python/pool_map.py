"""The ensemble with multiprocessing.Pool, whose map sends several members at a time."""

import random
import time
from multiprocessing import Pool


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
    states = [[rng.gauss(1.0, 0.1) for _ in range(3)] for _ in range(30)]

    start = time.perf_counter()
    expected = [integrate(state) for state in states]
    serial = time.perf_counter() - start
    print(f"one after the other: {serial:.2f} s")

    start = time.perf_counter()
    with Pool(processes=2) as pool:
        results = pool.map(integrate, states)  # chunks of 4: 30 / (4 * 2), rounded up
    seconds = time.perf_counter() - start
    print(f"two workers: {seconds:.2f} s, {serial / seconds:.2f} times as fast")
    print("same bits:", results == expected)
