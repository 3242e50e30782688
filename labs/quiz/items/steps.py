"""One trajectory: whole in a process, and as two halves in two."""

import time
from concurrent.futures import ProcessPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

STEPS = 500000  #@param {type: "integer", min: 2, max: 1000000}


def integrate(state, steps):
    x, y, z, dt = *state, 0.01
    for _ in range(steps):
        dx = 10.0 * (y - x)
        dy = 28.0 * x - y - x * z
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


def whole(pool, start):
    return pool.submit(integrate, start, STEPS).result()


def halves(pool, start):
    """The second half can't be asked for before the first is known."""
    middle = pool.submit(integrate, start, STEPS // 2).result()
    return pool.submit(integrate, middle, STEPS // 2).result()


def timed(way, pool):
    """Milliseconds that the faster of two runs takes, and the end."""
    runs = []
    for _ in range(2):
        start = time.perf_counter()
        end = way(pool, (1.0, 1.0, 1.0))
        runs.append(round(1000 * (time.perf_counter() - start), 1))
    return min(runs), end


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(integrate, [(1.0, 1.0, 1.0)] * 2, [1000] * 2))  # up
        whole_ms, end_of_whole = timed(whole, pool)
        halves_ms, end_of_halves = timed(halves, pool)
    tell("whole_ms", whole_ms)
    tell("halves_ms", halves_ms)
    print("the same end:", end_of_whole == end_of_halves)
