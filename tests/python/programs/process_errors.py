# checks: what ProcessPoolExecutor says to wrong arguments, and after shutdown
from concurrent.futures import ProcessPoolExecutor


def attempt(**arguments):
    try:
        ProcessPoolExecutor(**arguments)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error, sep=": ")


if __name__ == "__main__":
    attempt(max_workers=0)
    attempt(max_workers=-2)
    attempt(initializer=42)
    attempt(max_tasks_per_child=0)
    attempt(max_tasks_per_child="3")
    executor = ProcessPoolExecutor()
    executor.shutdown()
    try:
        executor.submit(abs, -1)
    except RuntimeError as error:
        print(error)
