# checks: a counter in an array needs a lock, as any other
import threading

import numpy as np

counts = np.zeros(3, dtype=int)
lock = threading.Lock()


def add(times):
    for i in range(times):
        with lock:
            counts[i % 3] += 1


threads = [threading.Thread(target=add, args=(300,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counts, counts.sum())
