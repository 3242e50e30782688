# Answers that arrive while the input is being made: an iterator is not asked within itself.
import time
from multiprocessing import Pool


def slow(count):
    for number in range(count):
        time.sleep(0.02)  # here they arrive
        yield number


def square(x):
    return x * x


if __name__ == "__main__":
    with Pool(2) as pool:
        print(list(pool.imap(square, slow(12))))
        print(sorted(pool.imap_unordered(square, slow(12), chunksize=2)))
        first, second = pool.imap(square, slow(5)), pool.imap(square, slow(6))
        print(list(second), list(first))
