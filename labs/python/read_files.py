"""Sixteen small files: who waits for one has released the GIL.

Set THREADS to 1, and run again.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor

try:
    from lab import tell  # the page compares runs by what they tell
except ImportError:  # anywhere else
    tell = print

THREADS = 16  #@param {type: "integer", min: 1, max: 32}
NAMES = [f"data/answers/answer-{number:03}.json" for number in range(1, 17)]


def read(name):
    """The temperature in an answer."""
    with open(name) as file:
        return json.load(file)["temperature_c"]


if __name__ == "__main__":
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as executor:
        temperatures = list(executor.map(read, NAMES))
    seconds = time.perf_counter() - start

    mean = sum(temperatures) / len(temperatures)
    tell("result", round(mean, 3))
    print(f"16 files, {THREADS} at a time: {mean:.1f} °C in {seconds:.2f} s")
