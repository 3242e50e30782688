"""Two threads add to one counter, for real. How many additions are lost?"""

import threading

from lab import tell

N = 200_000
WITH_LOCK = False

c = 0
lock = threading.Lock()
gate = threading.Barrier(2)


def f():
    return 1


def add():
    global c
    for _ in range(N):
        c += f()  # read, call, add, write


def add_locked():
    global c
    for _ in range(N):
        with lock:
            c += f()


def begin():
    gate.wait()  # both begin at the same time
    add_locked() if WITH_LOCK else add()


threads = [threading.Thread(target=begin) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
tell("additions", 2 * N)
tell("lost", 2 * N - c)
