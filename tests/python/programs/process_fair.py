# checks: a short call does not get stuck behind a long one while another process is free
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


def nap(seconds):
    time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(nap, [0.1] * 4))  # both have started
        futures = [executor.submit(nap, seconds) for seconds in (2.0, 0.1, 0.2, 0.3)]
        print([future.result() for future in as_completed(futures)])
