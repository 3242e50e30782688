"""The ensemble three ways: member by member, as one array, by processes.

All three end at the same states, bit for bit.
"""

import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

try:
    from lab import tell
except ImportError:  # anywhere else
    tell = print

MEMBERS, STEPS, DT = 30, 500, 0.01


def tendency(state):
    """Lorenz's three equations, for one member or, as columns, for many."""
    x, y, z = state
    dx, dy, dz = 10.0 * (y - x), 28.0 * x - y - x * z, x * y - 8.0 / 3.0 * z
    return np.array([dx, dy, dz])


def integrate(state):
    """The last state of a member, or of all of them."""
    for _ in range(STEPS):
        state = state + tendency(state) * DT
    return state


if __name__ == "__main__":
    np.random.seed(42)
    starts = np.array([-10.0, -10.0, 25.0]) + np.random.randn(MEMBERS, 3) * 0.5

    start = time.perf_counter()
    serial = np.array([integrate(member) for member in starts])
    print(f"member by member: {time.perf_counter() - start:.3f} s")

    start = time.perf_counter()
    vectorized = integrate(starts.T).T
    print(f"as one array:     {time.perf_counter() - start:.3f} s")

    start = time.perf_counter()
    with ProcessPoolExecutor(max_workers=2) as executor:
        parallel = np.array(list(executor.map(integrate, starts, chunksize=5)))
    print(f"two processes:    {time.perf_counter() - start:.3f} s")

    ends = {a.tobytes() for a in (serial, vectorized, parallel)}
    print("the same bits:", len(ends) == 1)
    tell("result", float(serial[:, 0].sum()))
