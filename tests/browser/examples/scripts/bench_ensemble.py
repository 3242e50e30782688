"""30 members one after the other, by processes and by threads: milliseconds, as JSON.

CPython, Pyodide and our interpreter run the very same lines. A time counts only
if its results are the serial loop's. All take turns; of each the fastest and the
median turn are told. What else a machine does only ever adds time, so the fastest
says what it can do (as the documentation of timeit has it), the median what it did.
"""

import json
import random
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORKERS = 2
TURNS = 15
LIMIT = "(two at once, by themselves)"


def integrate(state, n_steps=5000, dt=0.01):
    x, y, z = state
    for _ in range(n_steps):
        dx = 10.0 * (y - x)
        dy = 28.0 * x - y - x * z
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


def alone(states):
    """How long all of them take, ms, measured where they are computed."""
    start = time.perf_counter()
    for state in states:
        integrate(state)
    return (time.perf_counter() - start) * 1e3


class Race:
    def __init__(self):
        rng = random.Random(42)
        self.states = [[rng.gauss(1.0, 0.1) for _ in range(3)] for _ in range(30)]
        self.expected = [integrate(state) for state in self.states]
        self.times = {}

    def turn(self, name, work):
        start = time.perf_counter()
        results = list(work())
        ms = (time.perf_counter() - start) * 1e3
        if results != self.expected:
            raise ArithmeticError(f"{name} computed something else")
        self.times.setdefault(name, []).append(ms)

    def serial(self):
        self.turn("serial", lambda: map(integrate, self.states))

    def limit(self, executor):
        """All members in each of two processes at once: what the machine gives to two, whoever starts them."""
        twice = executor.map(alone, [self.states] * WORKERS)
        self.times.setdefault(LIMIT, []).append(max(twice) / WORKERS)

    def pool(self, name, executor, chunksize=1):
        self.turn(name, lambda: executor.map(integrate, self.states, chunksize=chunksize))


def pools(race):
    import multiprocessing

    spawn = multiprocessing.get_context("spawn")

    def started():
        with ProcessPoolExecutor(WORKERS, mp_context=spawn) as executor:
            yield from executor.map(integrate, race.states, chunksize=5)

    for _ in range(TURNS):
        race.turn("process with start, chunks of 5", started)
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as processes, ThreadPoolExecutor(WORKERS) as threads:
        for executor in (processes, threads):
            # Each worker has computed as much as the serial loop had before its first turn.
            list(executor.map(integrate, race.states * WORKERS, chunksize=15))
        for _ in range(TURNS):
            race.serial()
            race.pool("thread", threads)
            race.limit(processes)
            race.pool("process, halves", processes, 15)
            race.pool("process, chunks of 5", processes, 5)
            race.pool("process, one at a time", processes)


def main(has_pools):
    race = Race()
    if has_pools:
        pools(race)
    else:
        for _ in range(TURNS):
            race.serial()
    return json.dumps({name: [min(times), statistics.median(times)] for name, times in race.times.items()})


if __name__ == "__main__":
    print(main(has_pools=sys.platform != "emscripten"))
