"""An ensemble of 100 Lorenz systems, one after the other."""

import random
import time

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


def initial_conditions(n_members):
    """Members that start almost at the same point."""
    rng = random.Random(42)
    return [[rng.gauss(1.0, 0.1) for _ in range(3)] for _ in range(n_members)]


states = initial_conditions(100)

start = time.perf_counter()
results = [integrate(state) for state in states]
seconds = time.perf_counter() - start

for number in (0, 1, 99):
    x, y, z = results[number]
    print(f"member {number:2}: x {x:.2f}, y {y:.2f}, z {z:.2f}")
tell("result", sum(x for x, y, z in results))
print(f"100 members, one after the other: {seconds:.2f} s")
