# checks: names of threads: main, numbered, of a pool, given
import threading
from concurrent.futures import ThreadPoolExecutor


def name():
    return threading.current_thread().name


def report():
    print(name())


print(name(), threading.main_thread() is threading.current_thread())
for arguments in ({}, {"name": "worker"}):
    thread = threading.Thread(target=report, **arguments)
    thread.start()
    thread.join()
with ThreadPoolExecutor(1, thread_name_prefix="pool") as executor:
    print(executor.submit(name).result())
with ThreadPoolExecutor(1) as executor:
    print(executor.submit(name).result())
print(threading.active_count())
