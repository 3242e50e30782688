# checks: apply_async and map_async: get, wait, ready, successful, callbacks
import multiprocessing
import time


def nap(x):
    time.sleep(x)
    return x


def fail():
    raise KeyError("gone")


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        seen = []
        result = pool.apply_async(nap, (0.5,), callback=seen.append)
        try:
            result.get(timeout=0.01)
        except multiprocessing.TimeoutError as error:
            print(type(error).__name__, isinstance(error, multiprocessing.ProcessError))
        try:
            result.successful()
        except ValueError as error:
            print(str(error).endswith("not ready"))
        print(result.get(timeout=30), result.ready(), result.successful(), seen)
        failed = pool.apply_async(fail, error_callback=lambda error: seen.append(repr(error)))
        failed.wait()
        print(failed.successful(), seen)
        print(pool.map_async(abs, [-1, -2], callback=print).get())
