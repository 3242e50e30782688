"""The loudest tones of 400 signals, by threads and processes.

An array that a process needs is copied to it; threads share it. What is made
where it is needed goes nowhere.
"""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np

try:
    from lab import tell
except ImportError:  # anywhere else
    tell = print

SIGNALS, SAMPLES = 400, 4096


def signal(number):
    """A tone in noise; which tone, depends on the number."""
    t = np.arange(SAMPLES) / SAMPLES
    noise = np.random.default_rng(number).normal(size=SAMPLES)
    return np.sin(2 * np.pi * (10 + number) * t) + noise


def loudest(samples):
    return int(np.abs(np.fft.rfft(samples)).argmax())


def made_here(number):
    return loudest(signal(number))


if __name__ == "__main__":
    signals = [signal(number) for number in range(SIGNALS)]

    start = time.perf_counter()
    one_by_one = [loudest(samples) for samples in signals]
    print(f"one by one:            {time.perf_counter() - start:.3f} s")

    there = "made there", made_here, range(SIGNALS)
    ways = ("shipped", loudest, signals), there
    for pool in (ThreadPoolExecutor, ProcessPoolExecutor):
        for what, task, items in ways:
            start = time.perf_counter()
            with pool(max_workers=2) as executor:
                tones = list(executor.map(task, items, chunksize=25))
            seconds, same = time.perf_counter() - start, tones == one_by_one
            print(f"{pool.__name__}, {what}: {seconds:.3f} s, the same: {same}")

    tell("result", sum(one_by_one))
