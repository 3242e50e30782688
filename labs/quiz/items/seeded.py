"""A task that seeds the generator that all threads share."""

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

YEARS = 8  #@param {type: "integer", min: 1, max: 100}
DAYS = 60_000
WORKERS = 4


def spread(year):
    """The spread of a year's values, from the year's own seed."""
    random.seed(year)
    values = [random.random() for _ in range(DAYS)]
    mean = sum(values) / DAYS
    return sum((value - mean) ** 2 for value in values)


def right(executor):
    """How many years come out as in a loop."""
    with executor(max_workers=WORKERS) as pool:
        results = pool.map(spread, range(YEARS))
        return sum(a == b for a, b in zip(results, expected))


if __name__ == "__main__":
    expected = [spread(year) for year in range(YEARS)]
    tell("processes_right", right(ProcessPoolExecutor))
    in_threads = right(ThreadPoolExecutor)
    tell("threads_right", in_threads)
    tell("threads_wrong", YEARS - in_threads)
