"""20 files: a short read from the disk, then compiled code."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import kernels, tell  # the page hears the figures
except ImportError:  # no other Python has these kernels
    raise SystemExit("Only this page has lab.kernels.")

FILES = 20
READ = 0.002
STEPS = 8_000_000
WORKERS = 2


def read(number):
    """A year's temperatures, once the disk has answered."""
    time.sleep(READ)  # waits as for a disk, so long as stated
    return 15.0 + number


def forecast(number):
    """Reads a file, and computes with it by compiled code."""
    return kernels.member([read(number), 1.0, 1.0], STEPS)


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [forecast(number) for number in range(FILES)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(forecast, range(FILES)))
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
