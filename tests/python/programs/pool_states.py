# checks: close, join, terminate, and what they forbid
from multiprocessing import Pool


def square(x):
    return x * x


def attempt(call):
    try:
        return call()
    except ValueError as error:
        print("ValueError:", error)


if __name__ == "__main__":
    pool = Pool(1)
    attempt(pool.join)
    result = pool.map_async(square, range(5))
    pool.close()
    attempt(lambda: pool.map(square, [1]))
    pool.join()
    print(result.get(), repr(pool))
    with Pool(1) as pool:
        pass
    attempt(lambda: pool.apply(square, (1,)))
    attempt(lambda: Pool(0))
    attempt(lambda: Pool(1, maxtasksperchild=0))
    try:
        Pool(1, initializer=3)
    except TypeError as error:
        print("TypeError:", error)
