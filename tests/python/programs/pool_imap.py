# checks: imap and imap_unordered: results one by one
import time
from multiprocessing import Pool


def nap(x):
    time.sleep(x / 20)
    return x


if __name__ == "__main__":
    with Pool(3) as pool:
        print(list(pool.imap(nap, [6, 1, 2])))
        pool.map(nap, [0] * 6)
        print(list(pool.imap_unordered(nap, [18, 2, 10])))
        print(list(pool.imap(nap, range(7), chunksize=3)))
        iterator = pool.imap(nap, [0, 1])
        print(next(iterator), iterator.next(timeout=20))
        try:
            next(iterator)
        except StopIteration:
            print("stop")
        try:
            pool.imap(nap, [1], chunksize=0)
        except ValueError as error:
            print(error)
