# checks: InterpreterPoolExecutor of 3.14: map, exceptions, memory of its own
# needs: 3.14
from concurrent.futures import InterpreterPoolExecutor

counter = 0


def count(x):
    global counter
    counter += 1
    return x * x


def fail():
    raise ValueError("in an interpreter")


if __name__ == "__main__":
    with InterpreterPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(count, range(5))), counter)
        error = executor.submit(fail).exception()
        print(type(error).__name__, error)
    try:
        InterpreterPoolExecutor(max_workers=0)
    except ValueError as error:
        print(error)
