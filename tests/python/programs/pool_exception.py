# checks: an exception in Pool.map is raised by map, with the child's traceback as its cause
from multiprocessing import Pool


def invert(x):
    return 1 / x


if __name__ == "__main__":
    with Pool(2) as pool:
        try:
            pool.map(invert, [1, 0, 2])
        except ZeroDivisionError as error:
            print(error, type(error.__cause__).__module__, type(error.__cause__).__name__)
            print(str(error.__cause__).splitlines()[-2])
        print(pool.map(invert, [1, 2]))
