# checks: two pools at the same time, results of one given to the other
from concurrent.futures import ProcessPoolExecutor


def double(x):
    return 2 * x


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as first, ProcessPoolExecutor(1) as second:
        print(list(second.map(double, first.map(double, range(5)))))
        futures = [second.submit(double, future.result()) for future in [first.submit(double, x) for x in range(3)]]
        print([future.result() for future in futures])
