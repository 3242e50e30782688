# checks: a year's grid of weather, analyzed by both kinds of executors and by a pool: the same numbers
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool

import numpy as np


def analyze_year(year):
    """How far the days of a made-up year are from its mean."""
    rng = np.random.RandomState(year)  # of its own: threads would share numpy's global one
    days = rng.randn(365, 8, 10)
    anomaly = days - days.mean(axis=0)
    return year, float(anomaly.std())


def analyze_year_by_global_seed(year):
    np.random.seed(year)
    days = np.random.randn(365, 8, 10)
    return year, float((days - days.mean(axis=0)).std())


if __name__ == "__main__":
    years = range(1980, 1988)
    one_by_one = [analyze_year(year) for year in years]
    for year, spread in one_by_one:
        print(year, spread.hex())
    print([analyze_year_by_global_seed(year) for year in years] == one_by_one)
    with ThreadPoolExecutor(max_workers=3) as executor:
        print("threads:", list(executor.map(analyze_year, years)) == one_by_one)
    with ProcessPoolExecutor(max_workers=2) as executor:
        print("processes:", list(executor.map(analyze_year, years)) == one_by_one)
        print("with the global seed:", list(executor.map(analyze_year_by_global_seed, years)) == one_by_one)
    with Pool(2) as pool:
        print("pool:", pool.map(analyze_year, years) == one_by_one)
