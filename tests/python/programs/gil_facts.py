# What Python says of its own GIL: in the script, its threads and its processes.
import sys
import threading
from concurrent.futures import ProcessPoolExecutor


def facts():
    return sys._is_gil_enabled(), sys.abiflags, "free-threading build" in sys.version


if __name__ == "__main__":
    print("script", *facts())
    thread = threading.Thread(target=lambda: print("thread", *facts()))
    thread.start()
    thread.join()
    with ProcessPoolExecutor(1) as executor:
        print("process", *executor.submit(facts).result())
