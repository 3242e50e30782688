"""Many additions: in a loop, and each sent to a process and back."""

import time
from concurrent.futures import ProcessPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

TASKS = 5000  #@param {type: "integer", min: 1, max: 5000}
ADDITIONS = 1  #@param {type: "integer", min: 1, max: 100000}
WORKERS = 2


def add(x):
    """x + 1, as many times as ADDITIONS says."""
    for _ in range(ADDITIONS):
        x = x + 1
    return x


def timed(job):
    """Milliseconds that it takes."""
    start = time.perf_counter()
    job()
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    tell("serial_ms", timed(lambda: [add(x) for x in range(TASKS)]))
    with ProcessPoolExecutor(max_workers=WORKERS) as pool:
        list(pool.map(add, range(WORKERS)))  # its workers are up
        processes = timed(lambda: list(pool.map(add, range(TASKS))))
    tell("processes_ms", processes)
