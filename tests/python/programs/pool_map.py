# checks: Pool.map, starmap, apply, in order
from multiprocessing import Pool


def square(x):
    return x * x


def power(base, exponent):
    return base**exponent


if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(square, range(10)))
        print(pool.map(square, range(10), chunksize=3))
        print(pool.map(square, []))
        print(pool.starmap(power, [(2, 3), (3, 2), (10, 0)]))
        print(pool.apply(power, (2,), {"exponent": 10}))
        print(pool.map(square, (x for x in range(3))))
