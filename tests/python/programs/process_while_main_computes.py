# checks: the processes go on with what was submitted while the script itself computes
# not-in-stand-in: nothing delivers results there while the script computes
import time
from concurrent.futures import ProcessPoolExecutor


def nap(seconds):
    time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(nap, [0.1, 0.1]))  # both have started
        futures = [executor.submit(nap, 0.2) for _ in range(8)]
        end = time.perf_counter() + 2.5
        while time.perf_counter() < end:
            pass
        print(sum(future.done() for future in futures))
