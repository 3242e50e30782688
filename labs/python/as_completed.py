"""Progress: results as they come, not in the order of the members."""

import random
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


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
    results = [None] * len(states)

    start = time.perf_counter()
    with ProcessPoolExecutor(max_workers=2) as executor:
        numbers = {}
        for number, state in enumerate(states):
            numbers[executor.submit(integrate, state)] = number
        for done, future in enumerate(as_completed(numbers), start=1):
            number = numbers[future]
            results[number] = future.result()
            seconds = time.perf_counter() - start
            bar = "#" * (done // 2)
            print(f"{done:2} {bar:15} member {number:2} {seconds:.2f} s")
