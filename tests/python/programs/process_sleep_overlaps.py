# checks: processes that sleep do so at the same time
# expect-range: serial/processes 1.4 2.1
import time
from concurrent.futures import ProcessPoolExecutor


def nap(_):
    time.sleep(0.4)


if __name__ == "__main__":
    start = time.perf_counter()
    for i in range(4):
        nap(i)
    serial = time.perf_counter() - start
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(abs, [1, 2]))
        start = time.perf_counter()
        list(executor.map(nap, range(4)))
        processes = time.perf_counter() - start
    print(f"serial/processes: {serial / processes:.2f}")
