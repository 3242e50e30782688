# checks: with chunksize several calls travel together; the results are the same
import os
from concurrent.futures import ProcessPoolExecutor


def tagged(x):
    return x, os.getpid()


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        pairs = list(executor.map(tagged, range(12), chunksize=4))
        print([x for x, _ in pairs])
        for start in (0, 4, 8):
            print(start, len({pid for _, pid in pairs[start : start + 4]}))
        try:
            executor.map(tagged, range(3), chunksize=0)
        except ValueError as error:
            print("ValueError:", error)
