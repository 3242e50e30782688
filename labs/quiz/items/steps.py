"""One trajectory: in one piece, and as two halves in two processes."""

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


def halves(pool, start):
    """The second half can't be asked for before the first is known."""
    middle = pool.submit(integrate, start, STEPS // 2).result()
    return pool.submit(integrate, middle, STEPS // 2).result()


def timed(job):
    """Milliseconds that it takes, and what comes of it."""
    start = time.perf_counter()
    result = job()
    return round(1000 * (time.perf_counter() - start), 1), result


if __name__ == "__main__":
    origin = (1.0, 1.0, 1.0)
    whole_ms, whole = timed(lambda: integrate(origin, STEPS))
    tell("whole_ms", whole_ms)
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(integrate, [origin] * 2, [1] * 2))  # both are up
        halves_ms, end = timed(lambda: halves(pool, origin))
    tell("halves_ms", halves_ms)
    tell("same", int(whole == end))
