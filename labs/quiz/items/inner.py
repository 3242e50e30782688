"""As many busy threads as workers, and four times as many."""

import os
import threading
import time

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

STEPS = 1_200_000
INNER = 4  #@param {type: "integer", min: 1, max: 8}
WORKERS = min(os.cpu_count(), 8)  # what a library would take, at most 8


def compute(steps):
    total = 0.0
    for step in range(steps):
        total += step * 0.5
    return total


def split(count):
    """The same work on so many threads; milliseconds, all of them up."""
    gate = threading.Barrier(count + 1)

    def begin():
        gate.wait()
        compute(WORKERS * STEPS // count)

    threads = [threading.Thread(target=begin) for _ in range(count)]
    for thread in threads:
        thread.start()
    gate.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return round(1000 * (time.perf_counter() - start), 1)


# The fastest of three, in turn: a first run may have to be compiled.
runs = [(split(WORKERS), split(WORKERS * INNER)) for _ in range(3)]
tell("workers", WORKERS)
tell("workers_ms", min(few for few, many in runs))
tell("inner_ms", min(many for few, many in runs))
