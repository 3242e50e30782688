"""NumPy's calls, kernels and random numbers, by one thread, by two and by two processes: milliseconds, as JSON.

CPython with NumPy and our interpreter run the very same lines. Of all turns the fastest and the median are told: what
else a machine does only ever adds time.
"""

import json
import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

TURNS = 5
WORKERS = 2
MEMBERS, STEPS = 30, 1_000
ELEMENTS = 1_000_000
# A loop over all of them would take most of the time.
LOOPED = 100_000
TASKS = 8

times = {}


def turn(name, work):
    start = time.perf_counter()
    result = work()
    times.setdefault(name, []).append((time.perf_counter() - start) * 1e3)
    return result


def import_numpy():
    """How long a new process imports it, ms."""
    start = time.perf_counter()
    import numpy  # noqa: F401

    return (time.perf_counter() - start) * 1e3


def tendency(states):
    import numpy as np

    x, y, z = states[:, 0], states[:, 1], states[:, 2]
    return np.column_stack([10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z])


def ensemble():
    import numpy as np

    trajectory = np.empty((STEPS + 1, MEMBERS, 3))
    trajectory[0] = np.random.RandomState(42).normal(1.0, 0.1, (MEMBERS, 3))
    for step in range(STEPS):
        trajectory[step + 1] = trajectory[step] + tendency(trajectory[step]) * 0.01
    return trajectory[-1]


def year(seed):
    import numpy as np

    days = np.random.RandomState(seed).randn(365, 100, 100)
    return float((days - days.mean(axis=0)).std())


def kernels(seed):
    """What threads do beside each other: a few passes over arrays of a million elements."""
    import numpy as np

    a = np.linspace(seed, seed + 1.0, ELEMENTS)
    for _ in range(5):
        a = np.sqrt(a * a + 1.0) - a
    return float(a.sum())


def own_time(seed):
    start = time.perf_counter()
    for _ in range(TASKS):
        kernels(seed)
    return (time.perf_counter() - start) * 1e3


def new_processes():
    spawn = multiprocessing.get_context("spawn")
    for _ in range(TURNS):
        with ProcessPoolExecutor(1, mp_context=spawn) as executor:
            times.setdefault("import in a new process", []).append(executor.submit(import_numpy).result())


def by_one_thread():
    import numpy as np

    celsius = np.random.RandomState(0).uniform(-30.0, 45.0, ELEMENTS)
    some = celsius[:LOOPED]
    for _ in range(TURNS):
        turn("ensemble", ensemble)
        fahrenheit = turn("a * 9 / 5 + 32", lambda: celsius * 9 / 5 + 32)
        looped = turn("a tenth of it as a loop", lambda: [it * 9 / 5 + 32 for it in some])
        if looped != list(fahrenheit[:LOOPED]):
            raise ArithmeticError("the loop computed something else")
        turn("year", lambda: year(1980))


def by_two():
    spawn = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(WORKERS) as threads, ProcessPoolExecutor(WORKERS, mp_context=spawn) as processes:
        expected = list(map(kernels, range(TASKS)))
        for _ in range(TURNS):
            turn("arrays, one thread", lambda: list(map(kernels, range(TASKS))))
            if turn("arrays, two threads", lambda: list(threads.map(kernels, range(TASKS)))) != expected:
                raise ArithmeticError("threads computed something else")
            # What the machine gives to two who need nobody.
            slowest = max(processes.map(own_time, range(WORKERS)))
            times.setdefault("arrays, two by themselves", []).append(slowest / WORKERS)


def main():
    new_processes()
    by_one_thread()
    by_two()
    return json.dumps({name: [min(of), statistics.median(of)] for name, of in times.items()})


if __name__ == "__main__":
    print(main())
