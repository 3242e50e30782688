# checks: threads that sleep do so at the same time
# expect-range: serial/threads 1.5 4.2
import time
from concurrent.futures import ThreadPoolExecutor


def nap(_):
    time.sleep(0.25)


start = time.perf_counter()
for i in range(4):
    nap(i)
serial = time.perf_counter() - start

start = time.perf_counter()
with ThreadPoolExecutor(4) as executor:
    list(executor.map(nap, range(4)))
threads = time.perf_counter() - start
print(f"serial/threads: {serial / threads:.2f}")
