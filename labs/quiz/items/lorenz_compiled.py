"""The same, compiled: the kernel releases the GIL while it works."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import kernels, tell  # the page hears the figures
except ImportError:  # no other Python has these kernels
    raise SystemExit("Only this page has lab.kernels.")

MEMBERS = 30
STEPS = 5_000_000
WORKERS = 2


def integrate(member):
    """The state after STEPS steps, by compiled code."""
    return kernels.member([1.0 + 0.001 * member, 1.0, 1.0], STEPS)


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
