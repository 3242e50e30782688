# checks: map(timeout) limits the whole of it
import time
from concurrent.futures import ProcessPoolExecutor


def nap(seconds):
    time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(nap, [0.05, 0.05]))
        results = executor.map(nap, [0, 1.5], timeout=0.7)
        print(next(results))
        try:
            print(next(results))
        except TimeoutError as error:
            print(type(error).__name__)
