# checks: sys.exit in a call becomes the future's exception
import sys
from concurrent.futures import ProcessPoolExecutor


def leave():
    sys.exit("enough")


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(leave).exception()
        print(repr(error), error.code)
        print(executor.submit(abs, -7).result())
