# checks: NumPy's errors from threads, caught and not
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def broken(n):
    return np.zeros(3) + np.zeros(n)


with ThreadPoolExecutor(2) as executor:
    for future in [executor.submit(broken, n) for n in (1, 2, 3, 4)]:
        print(future.exception() or future.result())
threading.excepthook = lambda told: print("hook:", told.exc_type.__name__, told.exc_value)
thread = threading.Thread(target=broken, args=(5,))
thread.start()
thread.join()
