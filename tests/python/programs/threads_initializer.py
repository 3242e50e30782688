# checks: ThreadPoolExecutor's initializer, and what happens if it raises
# ignore-stderr: logging's own frames
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool

local = threading.local()


def prepare(value):
    local.value = value


def refuse():
    raise OSError("no")


with ThreadPoolExecutor(2, initializer=prepare, initargs=(5,)) as executor:
    print(list(executor.map(lambda x: local.value + x, range(3))))
with ThreadPoolExecutor(1, initializer=refuse) as executor:
    try:
        executor.submit(abs, -1).result()
    except BrokenThreadPool as error:
        print(error)
