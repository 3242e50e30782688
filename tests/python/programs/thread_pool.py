# not-in-stand-in: CPython's own ThreadPool is stored under another name there
# ThreadPool and multiprocessing.dummy: the interface of Pool on threads.
import multiprocessing.pool
import threading
from multiprocessing import dummy


def square(x):
    return x * x


def where(x):
    return threading.current_thread() is not threading.main_thread()


def odd(x):
    raise ValueError(f"{x} is odd")


with multiprocessing.pool.ThreadPool(3) as pool:
    print(pool)
    print(pool.map(square, range(5)), pool.starmap(pow, [(2, 3), (3, 2)]))
    print(list(pool.imap(square, range(4))), sorted(pool.imap_unordered(square, range(4), chunksize=2)))
    print(pool.apply(where, (0,)), pool.apply_async(lambda: 7).get())
    try:
        pool.apply(odd, (3,))
    except ValueError as error:
        print(error, type(error.__cause__))
    print(type(pool.map_async(square, [1])).__module__)
try:
    pool.map(square, [1])
except ValueError as error:
    print(error)

queue = dummy.Queue()
process = dummy.Process(target=queue.put, args=("from a thread",))
process.start()
process.join()
print(queue.get(), process.exitcode)
with dummy.Pool(2) as pool:
    print(type(pool).__name__, pool.map(square, [3, 4]))
