# What cannot be pickled is named with its module.
import pickle
import sys
import threading
from concurrent.futures import ProcessPoolExecutor


class Model:
    def __init__(self):
        self.executor = ProcessPoolExecutor(max_workers=2)

    def step(self, x):
        return x + 1

    def run(self):
        return [self.executor.submit(self.step, x).result() for x in range(3)]


if __name__ == "__main__":
    for what in (threading.Lock(), threading.RLock(), iter(x for x in "a"), sys, sys._getframe(), threading.Event()):
        try:
            pickle.dumps(what)
        except TypeError as error:
            print(error)
    model = Model()
    try:
        print(model.run())
    except Exception as error:
        print(type(error).__name__, "-", error)
    model.executor.shutdown()
