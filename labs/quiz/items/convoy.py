"""A thread that reads a little again and again: alone, and in company."""

import threading
import time

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

READS = 50  #@param {type: "integer", min: 1, max: 1000}
SECONDS = 0.001  #@param {type: "number", min: 0, max: 1}


def reads():
    for _ in range(READS):
        time.sleep(SECONDS)  # a short read: the GIL is released meanwhile


def compute():
    while not done.is_set():
        for number in range(10_000):
            number * number


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
