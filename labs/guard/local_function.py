"""A guard, and a function that is made inside another one."""

from concurrent.futures import ProcessPoolExecutor

WORKERS = 2  #@param {type: "integer", min: 1, max: 4}


def power(exponent):
    def raised(x):
        return x**exponent

    return raised


if __name__ == "__main__":
    with ProcessPoolExecutor(WORKERS) as executor:
        print(list(executor.map(power(2), range(4))))
