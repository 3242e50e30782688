# checks: an initializer that raises breaks the pool
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def refuse():
    raise OSError("no licence")


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=refuse) as executor:
        try:
            executor.submit(abs, -1).result()
        except BrokenProcessPool as error:
            print(error)
        try:
            executor.submit(abs, -1)
        except BrokenProcessPool as error:
            print(error)
