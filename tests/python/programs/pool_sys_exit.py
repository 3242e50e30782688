# sys.exit in a worker of a Pool ends the worker: its text is printed, its call never answered.
import multiprocessing
import sys


def work(x):
    if x == 1:
        sys.exit("bad input")
    if x == 2:
        sys.exit(3)
    return x


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        for inputs in [0, 1], [0, 2], [0, 4]:
            try:
                print(pool.map_async(work, inputs, chunksize=1).get(timeout=2))
            except multiprocessing.TimeoutError:
                print("no answer to", inputs)
