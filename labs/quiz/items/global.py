"""A task that appends to a list of its script, in threads and processes."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

TASKS = 8  #@param {type: "integer", min: 1, max: 100}
seen = []


def note(number):
    """Appends to the list, and says how long it is then."""
    seen.append(number)
    return len(seen)


def count(executor):
    """How much our own list has once all tasks are done."""
    seen.clear()
    with executor(max_workers=2) as pool:
        there = list(pool.map(note, range(TASKS)))
    print(f"{executor.__name__}: here {len(seen)}, where it ran {there}")
    return len(seen)


if __name__ == "__main__":
    tell("after_processes", count(ProcessPoolExecutor))
    tell("after_threads", count(ThreadPoolExecutor))
