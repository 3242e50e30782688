# checks: an exception within imap comes at its place; an iterable's own error, too
from multiprocessing import Pool


def invert(x):
    return 1 / x


def numbers():
    yield 1
    yield 4
    raise LookupError("no more")


if __name__ == "__main__":
    with Pool(1) as pool:
        iterator = pool.imap(invert, [2, 0, 4])
        print(next(iterator))
        try:
            next(iterator)
        except ZeroDivisionError as error:
            print(error)
        print(next(iterator))
        results = []
        try:
            for result in pool.imap(invert, numbers()):
                results.append(result)
        except LookupError as error:
            print(results, error)
