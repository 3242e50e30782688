# checks: an instance of a class inside a function can't be sent
import pickle
from concurrent.futures import ProcessPoolExecutor


def main():
    class Point:
        pass

    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(id, Point()).exception()
        print(isinstance(error, (AttributeError, pickle.PicklingError)), "main.<locals>.Point" in str(error))


if __name__ == "__main__":
    main()
