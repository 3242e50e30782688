"""A notebook's cell: its function is in the kernel, and in no script.

A new process reads the script alone; the guard stands for that here.
"""

from multiprocessing import Pool

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}
CELL = """
def square(x):
    return x * x
"""

if __name__ == "__main__":
    exec(CELL)
    with Pool(WORKERS) as pool:
        print(pool.map(square, range(4)))
