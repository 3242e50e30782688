# checks: max_tasks_per_child replaces a process after so many calls (one by one: with several calls waiting,
# CPython 3.13 can wait for ever)
import os
from concurrent.futures import ProcessPoolExecutor


def who(_):
    return os.getpid()


if __name__ == "__main__":
    with ProcessPoolExecutor(1, max_tasks_per_child=2) as executor:
        pids = [executor.submit(who, x).result() for x in range(6)]
    print(len(set(pids)), [pids.count(pid) for pid in dict.fromkeys(pids)])
