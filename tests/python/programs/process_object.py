# checks: Process: start, join, exitcode, is_alive, names
import multiprocessing
import sys


def greet(name, mark="!"):
    print(f"Hello {name}{mark}")


def leave(code):
    sys.exit(code)


if __name__ == "__main__":
    process = multiprocessing.Process(target=greet, args=("world",), kwargs={"mark": "?"})
    print(process.name, process.pid, process.exitcode, process.is_alive(), process.daemon)
    process.start()
    process.join()
    print(process.exitcode, process.is_alive(), process.pid > 0)
    for code in (0, 3, None):
        process = multiprocessing.Process(target=leave, args=(code,), name=f"leaving with {code}")
        process.start()
        process.join()
        print(process.name, process.exitcode)
    try:
        process.start()
    except AssertionError as error:
        print(error)
