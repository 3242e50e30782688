"""A function without a name, in threads and in processes."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

TASKS = 8  #@param {type: "integer", min: 1, max: 1000}


def run(executor):
    """Milliseconds that it takes, or the name of the error."""
    start = time.perf_counter()
    try:
        with executor(max_workers=2) as pool:
            squares = list(pool.map(lambda x: x * x, range(TASKS)))
    except RuntimeError:
        raise  # no threads here: the page says why
    except Exception as error:
        return type(error).__name__
    print(executor.__name__, squares)
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    tell("processes_ms", run(ProcessPoolExecutor))
    tell("threads_ms", run(ThreadPoolExecutor))
