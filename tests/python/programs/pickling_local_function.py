# checks: a function inside a function can't be sent
import pickle
from concurrent.futures import ProcessPoolExecutor


def main():
    def inner(x):
        return x

    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(inner, 1).exception()
        print(isinstance(error, (AttributeError, pickle.PicklingError)))
        print("local object" in str(error), "main.<locals>.inner" in str(error))


if __name__ == "__main__":
    main()
