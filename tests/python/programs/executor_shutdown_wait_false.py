# checks: shutdown(wait=False) returns at once, the results still come
import time
from concurrent.futures import ProcessPoolExecutor


def nap(x):
    time.sleep(0.3)
    return x


if __name__ == "__main__":
    executor = ProcessPoolExecutor(1)
    future = executor.submit(nap, 5)
    start = time.perf_counter()
    executor.shutdown(wait=False)
    print(time.perf_counter() - start < 0.25, future.done())
    print(future.result())
