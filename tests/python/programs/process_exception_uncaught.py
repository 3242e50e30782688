# checks: the traceback that an uncaught exception of a child leaves, with the child's own traceback in it
from concurrent.futures import ProcessPoolExecutor


def invert(x):
    return 1 / x


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(invert, 0)
        print(future.result())
