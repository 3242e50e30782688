# checks: the ensemble member by member, all members at once, and by processes: the same bits
from concurrent.futures import ProcessPoolExecutor

import numpy as np

SIGMA, RHO, BETA = 10.0, 28.0, 8.0 / 3.0
DT, STEPS, MEMBERS = 0.01, 150, 6


def tendency(state):
    x, y, z = state
    return np.array([SIGMA * (y - x), x * (RHO - z) - y, x * y - BETA * z])


def run_member(start):
    path = np.empty((STEPS + 1, 3))
    path[0] = start
    for step in range(STEPS):
        path[step + 1] = path[step] + DT * tendency(path[step])
    return path


def run_all(starts):
    states = starts.copy()
    for _ in range(STEPS):
        x, y, z = states[:, 0], states[:, 1], states[:, 2]
        states = states + DT * np.column_stack([SIGMA * (y - x), x * (RHO - z) - y, x * y - BETA * z])
    return states


def fnv1a(array):
    """FNV-1a, 64 bits, of the array's bytes."""
    value = 0xCBF29CE484222325
    for byte in np.ascontiguousarray(array).tobytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


if __name__ == "__main__":
    starts = np.array([-10.0, -10.0, 25.0]) + 0.5 * np.random.RandomState(42).randn(MEMBERS, 3)
    serial = np.array([run_member(start) for start in starts])
    with ProcessPoolExecutor(2) as executor:
        parallel = np.array(list(executor.map(run_member, starts)))
    print(fnv1a(serial[:, -1]), fnv1a(run_all(starts)), fnv1a(parallel[:, -1]))
    print(np.array_equal(serial, parallel), serial.shape, serial[:, -1].std(axis=0).round(6))
