"""A guard, and a lambda: a function without a name to find it by."""

from concurrent.futures import ProcessPoolExecutor

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}

if __name__ == "__main__":
    with ProcessPoolExecutor(WORKERS) as executor:
        print(list(executor.map(lambda x: x * x, range(4))))
