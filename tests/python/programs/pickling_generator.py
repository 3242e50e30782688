# checks: generators, modules and locks can't be sent
import math
import threading
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        for thing in ((x for x in range(3)), math, threading.Lock()):
            error = executor.submit(print, thing).exception()
            print(type(error).__name__, error)
