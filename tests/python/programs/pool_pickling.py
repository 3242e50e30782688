# checks: what can't be pickled, there and back
from multiprocessing import Pool


def give_lock():
    import threading

    return threading.Lock()


if __name__ == "__main__":
    with Pool(1) as pool:
        try:
            pool.map(lambda x: x, [1, 2])
        except Exception as error:
            print(type(error).__name__, "lambda" in str(error))
        try:
            pool.apply(give_lock)
        except Exception as error:
            print(type(error).__name__, str(error).startswith("Error sending result: '<unlocked _thread.lock object"))
        try:
            pool.apply(print, (pool,))
        except NotImplementedError as error:
            print(error)
        print(pool.apply(abs, (-3,)))
