# checks: arrays through queues, pipes and a manager's list
import multiprocessing as mp

import numpy as np


def double(tasks, results):
    while (a := tasks.get()) is not None:
        results.put(a * 2)


def send_back(connection):
    a = connection.recv()
    connection.send(a[::-1])


if __name__ == "__main__":
    tasks, results = mp.Queue(), mp.Queue()
    worker = mp.Process(target=double, args=(tasks, results))
    worker.start()
    for a in (np.arange(3), np.eye(2), np.array(1.5)):
        tasks.put(a)
    tasks.put(None)
    print(*(repr(results.get()) for _ in range(3)), sep="\n")
    worker.join()
    ours, theirs = mp.Pipe()
    other = mp.Process(target=send_back, args=(theirs,))
    other.start()
    ours.send(np.arange(5))
    print(ours.recv())
    other.join()
