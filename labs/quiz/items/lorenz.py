"""30 Lorenz trajectories: one by one, in processes, in threads."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

MEMBERS = 30  #@param {type: "integer", min: 1, max: 1000}
STEPS = 50000  #@param {type: "integer", min: 1, max: 1000000}
WORKERS = 2


def integrate(member):
    """The state after STEPS steps, in a Python loop."""
    x, y, z, dt = 1.0 + 0.001 * member, 1.0, 1.0, 0.01
    for _ in range(STEPS):
        dx = 10.0 * (y - x)
        dy = 28.0 * x - y - x * z
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [integrate(number) for number in range(MEMBERS)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(integrate, range(MEMBERS)))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed()
    tell("serial_ms", serial)
    tell("processes_ms", timed(ProcessPoolExecutor))
    threads = timed(ThreadPoolExecutor)
    tell("threads_ms", threads)
    tell("threads_gain", round(serial / max(threads, 0.1), 2))
    again = timed()  # as long as at first, where nothing else was busy
    tell("pace", round(max(serial, again) / max(min(serial, again), 0.1), 2))
