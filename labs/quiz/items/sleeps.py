"""16 waits of a tenth of a second: one by one, and on 16 threads."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

WAITS = 16  #@param {type: "integer", min: 1, max: 64}
SECONDS = 0.1
gate = Barrier(WAITS)


def wait(_):
    time.sleep(SECONDS)  # as a program waits for a server's answer


def meet(_):
    gate.wait()  # nobody goes on before all threads are up


def timed(job):
    """Milliseconds that it takes."""
    start = time.perf_counter()
    job()
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed(lambda: [wait(n) for n in range(WAITS)])
    tell("serial_ms", serial)
    with ThreadPoolExecutor(max_workers=WAITS) as pool:
        list(pool.map(meet, range(WAITS)))
        threads = timed(lambda: list(pool.map(wait, range(WAITS))))
    tell("threads_ms", threads)
    tell("gain", round(serial / max(threads, 0.1), 1))
