# imap takes its input ahead of the results, also what the processes have no time for yet.
import time
from multiprocessing import Pool

taken = 0


def numbers(count):
    global taken
    for number in range(count):
        taken += 1
        yield number


def breaking():
    yield 1
    yield 2
    raise KeyError("no third")


def nap(x):
    time.sleep(0.02)
    return x * x


if __name__ == "__main__":
    with Pool(1) as pool:
        results = pool.imap(nap, numbers(30))
        time.sleep(0.3)
        print(next(results), taken)
        print(list(results) == [x * x for x in range(1, 30)], taken)
        print(list(pool.imap_unordered(nap, numbers(8), chunksize=3)), taken)
        results = pool.imap(nap, breaking())
        time.sleep(0.2)
        try:
            for result in results:
                print(result)
        except KeyError as error:
            print("KeyError", error)
        large = pool.imap(len, (bytes(20_000) for _ in numbers(40)))
        print(sum(large), taken)
