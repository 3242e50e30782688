"""No guard, and a Pool: it replaces each worker that dies. Stop ends it."""

from multiprocessing import Pool, current_process

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}

who = current_process().name
print(f"{who} begins to read; __name__ is {__name__}", flush=True)


def square(x):
    return x * x


with Pool(WORKERS) as pool:
    print(pool.map(square, range(4)))

print(f"{who} has read the script to its end", flush=True)
