# checks: perf_counter and sleep measure what they say; monotonic never goes back
# expect-range: slept 0.19 0.6
import time

start = time.perf_counter()
time.sleep(0.2)
print(f"slept: {time.perf_counter() - start:.3f}")
times = [time.monotonic() for _ in range(100)]
print(times == sorted(times), time.time() > 1_700_000_000, time.perf_counter_ns() > 0)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
