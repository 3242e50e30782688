"""Two threads add to one counter. Which line loses some of it?"""

import threading

try:
    from lab import tell  # the page hears what is lost
except ImportError:  # anywhere else
    tell = print

N = 200_000
lock = threading.Lock()
gate = threading.Barrier(2)


def one():
    return 1


def add_number():
    global counter
    for _ in range(N):
        counter += 1


def add_result():
    global counter
    for _ in range(N):
        counter += one()  # read, call, add, write: another may come between


def add_locked():
    global counter
    for _ in range(N):
        with lock:
            counter += one()


def begin(work):
    gate.wait()  # both begin at the same time
    work()


for work in (add_number, add_result, add_locked):
    counter = 0
    threads = [threading.Thread(target=begin, args=(work,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = 2 * N - counter
    print(f"{work.__name__:10}: {counter:6}, lost {lost}")
    tell(f"lost by {work.__name__}", lost)
