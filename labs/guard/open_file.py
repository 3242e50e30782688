"""A guard, and an open file as an argument: where output goes."""

import sys
from concurrent.futures import ProcessPoolExecutor

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}


def report(x, file):
    print(x * x, file=file)


if __name__ == "__main__":
    with ProcessPoolExecutor(WORKERS) as executor:
        for x in range(4):
            executor.submit(report, x, sys.stdout).result()
