# checks: errstate is each thread's own
import threading
import warnings

import numpy as np

warnings.simplefilter("ignore")
seen = []


def look():
    seen.append(np.geterr()["divide"])
    with np.errstate(divide="ignore"):
        seen.append(np.geterr()["divide"])


with np.errstate(divide="raise"):
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    print(seen, np.geterr()["divide"])
print(np.geterr()["divide"])
