# checks: large pools one after the other, workers that are replaced often, pools that are left in the middle of work
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool


def square(x):
    return x * x


if __name__ == "__main__":
    for _ in range(2):
        with ProcessPoolExecutor(40) as executor:
            print(sum(executor.map(square, range(100))))
    with Pool(4, maxtasksperchild=1) as pool:
        print(sum(pool.map(square, range(30), chunksize=1)))
    for _ in range(10):
        executor = ProcessPoolExecutor(4)
        futures = [executor.submit(bytes, 100_000) for _ in range(8)]
        length = len(futures[0].result())
        executor.shutdown(wait=False, cancel_futures=True)
    print(length)
    with ProcessPoolExecutor(2) as executor:
        print(sum(executor.map(square, range(10))))
