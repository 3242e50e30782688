# checks: a result that can't be sent back is the future's exception
from concurrent.futures import ProcessPoolExecutor


def give_generator():
    return (x for x in range(3))


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(give_generator).exception()
        print(type(error).__name__, error)
        print(executor.submit(abs, -1).result())
