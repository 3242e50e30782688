# checks: chance in processes: streams by spawn, and the same numbers for the same seed
from concurrent.futures import ProcessPoolExecutor

import numpy as np


def draw(seed):
    return np.random.default_rng(seed).random(3)


def draw_from(rng):
    return rng.random(2)


if __name__ == "__main__":
    children = np.random.SeedSequence(2026).spawn(3)
    with ProcessPoolExecutor(2) as executor:
        streams = np.array(list(executor.map(draw, children)))
        print(streams, np.array_equal(streams, [draw(child) for child in children]))
        print(np.array_equal(*executor.map(draw, [7, 7])), len(np.unique(streams)))
        rng = np.random.default_rng(5)
        copies = list(executor.map(draw_from, [rng, rng]))
        print(np.array_equal(*copies), np.array_equal(copies[0], rng.random(2)))  # each got a copy
        print(list(executor.map(draw_from, np.random.default_rng(5).spawn(2))))
