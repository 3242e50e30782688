# checks: calls submitted by several threads at once
import threading
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


def ask(executor, start, results):
    for x in range(start, start + 5):
        results[x] = executor.submit(square, x).result()


if __name__ == "__main__":
    results = {}
    with ProcessPoolExecutor(2) as executor:
        threads = [threading.Thread(target=ask, args=(executor, start, results)) for start in (0, 5, 10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print([results[x] for x in range(15)])
