"""50 small files from a server: one by one, in processes, in threads."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

FILES = 50
LATENCY = 0.03  #@param {type: "number", min: 0, max: 1}
ROWS = 20  #@param {type: "integer", min: 1, max: 20000}
WORKERS = 8  #@param {type: "integer", min: 1, max: 16}


def fetch(number):
    """The text of a file, once the server has answered."""
    time.sleep(LATENCY)  # waits as for a server, so long as stated
    return "\n".join(f"{row},{number + row}.5" for row in range(ROWS))


def mean(number):
    """Reads a file, and gives the mean of its second column."""
    rows = [line.split(",") for line in fetch(number).split("\n")]
    return sum(float(row[1]) for row in rows) / len(rows)


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [mean(number) for number in range(FILES)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(mean, range(FILES)))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed()
    tell("serial_ms", serial)
    processes = timed(ProcessPoolExecutor)
    tell("processes_ms", processes)
    tell("processes_gain", round(serial / max(processes, 0.1), 2))
    tell("threads_ms", timed(ThreadPoolExecutor))
