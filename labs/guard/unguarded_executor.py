"""No guard. Each print says who reads this script, and how far they come."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import current_process

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}

who = current_process().name
print(f"{who} begins to read; __name__ is {__name__}", flush=True)


def square(x):
    return x * x


print(f"{who} knows square, and comes to the pool", flush=True)

with ProcessPoolExecutor(WORKERS) as executor:
    print(list(executor.map(square, range(4))))

print(f"{who} has read the script to its end", flush=True)
