# checks: a process that ends abruptly breaks the pool; a new pool works
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def die():
    os._exit(3)


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        future = executor.submit(die)
        error = future.exception()
        print(type(error).__name__, error)
        try:
            executor.submit(abs, -1)
        except BrokenProcessPool as error:
            print(error)
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(abs, -1).result())
