"""20 files: a short read from the disk, then a long computation."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

FILES = 20
READ = 0.002  #@param {type: "number", min: 0, max: 1}
DAYS = 120000  #@param {type: "integer", min: 1, max: 1000000}
WORKERS = 2  #@param {type: "integer", min: 1, max: 16}


def read(number):
    """A year's temperatures, once the disk has answered."""
    time.sleep(READ)  # waits as for a disk, so long as stated
    return 15.0 + number


def variance(number):
    """Reads a file, and computes with its days in a Python loop."""
    first, total, squares = read(number), 0.0, 0.0
    for day in range(DAYS):
        value = first + 10.0 * (day % 365) / 365.0
        total += value
        squares += value * value
    return squares / DAYS - (total / DAYS) ** 2


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [variance(number) for number in range(FILES)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(variance, range(FILES)))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed()
    tell("serial_ms", serial)
    tell("waited", round(1000 * FILES * READ / serial, 2))  # the share that goes by in waiting
    tell("processes_ms", timed(ProcessPoolExecutor))
    threads = timed(ThreadPoolExecutor)
    tell("threads_ms", threads)
    tell("threads_gain", round(serial / max(threads, 0.1), 2))
    again = timed()  # as long as at first, where nothing else was busy
    tell("pace", round(max(serial, again) / max(min(serial, again), 0.1), 2))
