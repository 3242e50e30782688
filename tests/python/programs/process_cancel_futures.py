# checks: shutdown(cancel_futures=True) drops what has not begun
import time
from concurrent.futures import ProcessPoolExecutor


def nap(x):
    time.sleep(0.3)
    return x


if __name__ == "__main__":
    executor = ProcessPoolExecutor(1)
    futures = [executor.submit(nap, x) for x in range(20)]
    time.sleep(0.1)
    executor.shutdown(cancel_futures=True)
    print(futures[0].result(), futures[-1].cancelled(), all(future.done() for future in futures))
