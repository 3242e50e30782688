# checks: threads that write into views of one array
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

a = np.zeros((4, 5), dtype=int)


def fill(row, value):
    row[:] = value
    row += np.arange(len(row))


threads = [threading.Thread(target=fill, args=(a[i], i * 10)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(a)
with ThreadPoolExecutor(3) as executor:
    list(executor.map(fill, np.array_split(a.ravel(), 3), [100, 200, 300]))
print(a)
out = np.empty(1000)
x = np.linspace(0, 1, 1000)
with ThreadPoolExecutor(4) as executor:
    for part in np.array_split(np.arange(1000), 4):
        span = slice(part[0], part[-1] + 1)
        executor.submit(np.multiply, x[span], x[span], out=out[span])
print(np.array_equal(out, x * x))
