# checks: a function that only the parent has (defined under the guard) ends the child
# ignore-stderr: CPython's and our modules stand in the traceback with other names
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":

    def only_here(x):
        return x

    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(only_here, 1).exception()
        print(type(error).__name__)
