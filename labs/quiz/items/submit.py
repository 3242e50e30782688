"""Three ways to have 16 waits: a loop, submit and wait, submit all."""

import time
from concurrent.futures import ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

TASKS = 16
SECONDS = 0.05
WORKERS = 4  #@param {type: "integer", min: 1, max: 16}


def fetch(number):
    time.sleep(SECONDS)  # as a program waits for a server's answer
    return number


def one_by_one():
    return [fetch(number) for number in range(TASKS)]


def submit_and_wait():
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        return [pool.submit(fetch, n).result() for n in range(TASKS)]


def submit_all():
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        futures = [pool.submit(fetch, n) for n in range(TASKS)]
        return [future.result() for future in futures]


def timed(job):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    job()
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    tell("serial_ms", timed(one_by_one))
    tell("waiting_ms", timed(submit_and_wait))
    tell("all_ms", timed(submit_all))
