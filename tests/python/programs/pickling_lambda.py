# checks: a lambda can't be sent: the future has the error, the pool goes on
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(lambda x: x + 1, 1).exception()
        print(type(error).__name__, str(error).startswith("Can't pickle <function <lambda> at 0x"))
        print(type(error.__cause__).__name__)
        print(executor.submit(abs, -1).result())
