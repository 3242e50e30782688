"""Twelve years of made-up weather: one by one, by processes, by threads.

NumPy lets go of the GIL while it works on large arrays: threads help here.
"""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np

try:
    from lab import tell
except ImportError:  # anywhere else
    tell = print

YEARS = range(1980, 1992)


def analyze_year(year):
    """How much a year varies around its mean: 365 days, 40 by 40 places."""
    rng = np.random.RandomState(year)  # threads share the global one
    days = rng.randn(365, 40, 40)
    return float((days - days.mean(axis=0)).std())


if __name__ == "__main__":
    start = time.perf_counter()
    one_by_one = [analyze_year(year) for year in YEARS]
    print(f"one by one: {time.perf_counter() - start:.2f} s")

    for pool in (ProcessPoolExecutor, ThreadPoolExecutor):
        start = time.perf_counter()
        with pool(max_workers=2) as executor:
            results = list(executor.map(analyze_year, YEARS))
        seconds, same = time.perf_counter() - start, results == one_by_one
        print(f"{pool.__name__}: {seconds:.2f} s, the same: {same}")

    tell("result", sum(one_by_one))
