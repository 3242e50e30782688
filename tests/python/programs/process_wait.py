# checks: wait() with FIRST_COMPLETED, FIRST_EXCEPTION and ALL_COMPLETED
import time
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ProcessPoolExecutor, wait


def nap(seconds):
    time.sleep(seconds)
    return seconds


def fail(seconds):
    time.sleep(seconds)
    raise RuntimeError("failed")


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(nap, [0.1, 0.1]))
        pair = [executor.submit(nap, 0.1), executor.submit(nap, 1.0)]
        done, not_done = wait(pair, return_when=FIRST_COMPLETED)
        print(pair[0] in done, pair[1] in not_done)
        done, not_done = wait(pair, return_when=ALL_COMPLETED)
        print(len(done), len(not_done))
        pair = [executor.submit(fail, 0.1), executor.submit(nap, 1.0)]
        done, not_done = wait(pair, return_when=FIRST_EXCEPTION)
        print(pair[0] in done, pair[1] in not_done)
        done, not_done = wait(pair, timeout=0.01)
        print(len(done), len(not_done))
