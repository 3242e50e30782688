# Each process is a new interpreter: it has chance of its own, and knows that it is a child.
import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor


def look():
    is_child = multiprocessing.parent_process() is not None
    return random.random(), is_child, multiprocessing.current_process().name == "MainProcess"


if __name__ == "__main__":
    found = [look()]
    for _ in range(3):
        with ProcessPoolExecutor(1) as pool:
            found.append(pool.submit(look).result())
    print(len({chance for chance, *_ in found}))
    print([rest for _, *rest in found])
