"""One task takes 15 times as long as the others: first, or last?"""

import time
from concurrent.futures import ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

SHORT = 0.03
TIMES = 15  #@param {type: "integer", min: 1, max: 30}
WORKERS = 2


def fetch(seconds):
    time.sleep(seconds)  # as a program waits for a server's answer


def run(tasks):
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        list(pool.map(fetch, tasks))


def timed(job):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    job()
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    short, long = [SHORT] * TIMES, [SHORT * TIMES]
    tell("first_ms", timed(lambda: run(long + short)))
    tell("last_ms", timed(lambda: run(short + long)))
