"""100 questions to a server: one by one, in processes, in threads."""

import json
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

QUESTIONS = 100
LATENCY = 0.015  #@param {type: "number", min: 0, max: 1}
WORKERS = 10


def ask(number):
    """A server's answer, as text, after its LATENCY."""
    time.sleep(LATENCY)  # waits as for a server, so long as stated
    return json.dumps({"station": number, "temperature": number / 10})


def temperature(number):
    return json.loads(ask(number))["temperature"]


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [temperature(number) for number in range(QUESTIONS)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(temperature, range(QUESTIONS)))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed()
    tell("serial_ms", serial)
    processes = timed(ProcessPoolExecutor)
    tell("processes_ms", processes)
    tell("processes_gain", round(serial / max(processes, 0.1), 2))
    tell("threads_ms", timed(ThreadPoolExecutor))
