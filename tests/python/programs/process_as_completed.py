# checks: as_completed gives futures in the order in which they end
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


def wait_for(seconds):
    time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=3) as executor:
        list(executor.map(wait_for, [0.1] * 3))  # all three have started
        futures = [executor.submit(wait_for, seconds) for seconds in (0.9, 0.1, 0.5)]
        for future in as_completed(futures):
            print(futures.index(future), future.result())
        print(sorted(future.result() for future in as_completed(futures)))
