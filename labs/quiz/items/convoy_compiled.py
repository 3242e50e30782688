"""A thread that reads a little: beside compiled code."""

import threading
import time

try:
    from lab import kernels, tell  # the page hears the figures
except ImportError:  # no other Python has these kernels
    raise SystemExit("Only this page has lab.kernels.")

READS = 50
SECONDS = 0.001


def reads():
    for _ in range(READS):
        time.sleep(SECONDS)  # a short read: the GIL is released meanwhile


def compute():
    while not done.is_set():
        kernels.member([1.0, 1.0, 1.0], 1_000_000)  # without the GIL


def timed(job):
    """Milliseconds that it takes."""
    start = time.perf_counter()
    job()
    return round(1000 * (time.perf_counter() - start), 1)


done = threading.Event()
tell("alone_ms", timed(reads))
company = threading.Thread(target=compute)
company.start()
beside = timed(reads)
done.set()
company.join()
tell("beside_ms", beside)
