# checks: the ensemble: serial, threads, processes and Pool give the same bits
import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool


def integrate(state, n_steps=200, dt=0.01):
    x, y, z = state
    for _ in range(n_steps):
        dx, dy, dz = 10.0 * (y - x), 28.0 * x - y - x * z, x * y - 8.0 / 3.0 * z
        x, y, z = x + dx * dt, y + dy * dt, z + dz * dt
    return x, y, z


if __name__ == "__main__":
    rng = random.Random(42)
    states = [tuple(rng.gauss(1.0, 0.1) for _ in range(3)) for _ in range(6)]
    serial = [integrate(state) for state in states]
    for x, y, z in serial:
        print(x, y, z)
    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(integrate, states, chunksize=2)) == serial)
    with ThreadPoolExecutor(2) as executor:
        print(list(executor.map(integrate, states)) == serial)
    with Pool(2) as pool:
        print(pool.map(integrate, states) == serial)
