"""Four threads add to one counter, without a lock."""

import threading

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

THREADS = 4  #@param {type: "integer", min: 1, max: 16}
ADDITIONS = 200_000
counter = 0
gate = threading.Barrier(THREADS)


def one():
    return 1


def count():
    global counter
    gate.wait()  # all begin at the same time
    for _ in range(ADDITIONS):
        counter += one()  # read, call, add, write


threads = [threading.Thread(target=count) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

tell("called", THREADS * ADDITIONS)
tell("counted", counter)
tell("lost", THREADS * ADDITIONS - counter)
