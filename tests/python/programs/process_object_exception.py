# checks: an exception in a Process is printed there; the exit code is 1
import multiprocessing


def fail(x):
    raise ValueError(f"no {x}")


if __name__ == "__main__":
    process = multiprocessing.Process(target=fail, args=(7,), name="unlucky")
    process.start()
    process.join()
    print(process.exitcode)
