# checks: ThreadPoolExecutor with as_completed: the order of completion
import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def wait_for(seconds):
    time.sleep(seconds)
    return seconds


with ThreadPoolExecutor(3) as executor:
    futures = {executor.submit(wait_for, seconds): name for name, seconds in (("a", 0.6), ("b", 0.1), ("c", 0.35))}
    for future in as_completed(futures):
        print(futures[future], future.result())
