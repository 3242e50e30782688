# checks: InterpreterPoolExecutor's initializer, and its state after shutdown
# needs: 3.14
from concurrent.futures import InterpreterPoolExecutor

scale = 1


def prepare(value):
    global scale
    scale = value


def scaled(x):
    return scale * x


if __name__ == "__main__":
    with InterpreterPoolExecutor(1, initializer=prepare, initargs=(10,)) as executor:
        print(list(executor.map(scaled, range(4))), scale)
    try:
        executor.submit(scaled, 1)
    except RuntimeError as error:
        print(error)
