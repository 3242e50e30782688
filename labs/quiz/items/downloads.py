"""50 small files from a server: one by one, in processes, in threads."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from urllib.request import urlopen

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

STATIONS = range(1, 51)
DOWNLOAD = True  #@param {type: "boolean"}
ROWS = 8000  # of a file that is here already
WORKERS = 8  #@param {type: "integer", min: 1, max: 16}


def fetch(number):
    """The text of a station's file: month,temperature_c,rain_mm."""
    if not DOWNLOAD:
        return "\n".join(f"{row},{number + row}.5,0" for row in range(ROWS))
    with urlopen(f"data/stations/station-{number:02}.csv") as answer:
        return answer.read().decode().partition("\n")[2]


def mean(number):
    """The mean temperature of a station."""
    rows = [line.split(",") for line in fetch(number).splitlines()]
    return sum(float(row[1]) for row in rows) / len(rows)


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [mean(number) for number in STATIONS]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(mean, STATIONS))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    tell("downloads", len(STATIONS) if DOWNLOAD else 0)
    serial = timed()
    tell("serial_ms", serial)
    processes = timed(ProcessPoolExecutor)
    tell("processes_ms", processes)
    tell("processes_gain", round(serial / max(processes, 0.1), 2))
    threads = timed(ThreadPoolExecutor)
    tell("threads_ms", threads)
    tell("threads_gain", round(serial / max(threads, 0.1), 2))
