# checks: submit, positional and keyword arguments, result, done
from concurrent.futures import ProcessPoolExecutor


def describe(name, *, times=1, mark="!"):
    return f"{name}{mark * times}"


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(describe, "Lorenz", times=3)
        print(future.result())
        print(future.done(), future.running(), future.cancelled(), future.exception())
        print(executor.submit(describe, "Rössler", mark="?").result())
        print(executor.submit(sorted, [3, 1, 2], reverse=True).result())
