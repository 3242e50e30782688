# checks: hundreds of tiny calls, and long ones among them
import time
from concurrent.futures import ProcessPoolExecutor


def work(x):
    if x % 100 == 50:
        time.sleep(0.1)
    return x * x


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        print(sum(executor.map(work, range(400))))
        print(sum(executor.map(work, range(400), chunksize=25)))
        futures = [executor.submit(work, x) for x in range(100)]
        print(sum(future.result() for future in futures))
