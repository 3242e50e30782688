# checks: Pool's initializer and maxtasksperchild
import os
from multiprocessing import Pool

offset = 0


def prepare(value):
    global offset
    offset = value


def shifted(x):
    return x + offset


def who(_):
    return os.getpid()


if __name__ == "__main__":
    with Pool(2, initializer=prepare, initargs=(100,)) as pool:
        print(pool.map(shifted, range(4)), offset)
    with Pool(1, maxtasksperchild=2) as pool:
        pids = [pool.apply(who, (0,)) for _ in range(4)]
        print(len(set(pids)))
