# checks: an array on a block of shared memory, which processes do see
# not-in-stand-in: its blocks are no buffers that NumPy may write
# known-difference: arrays share no buffer with Python
from multiprocessing import Process
from multiprocessing.shared_memory import SharedMemory

import numpy as np


def fill(name, start, end):
    block = SharedMemory(name)
    a = np.ndarray((6,), dtype=np.float64, buffer=block.buf)
    a[start:end] = np.arange(start, end) ** 2
    del a
    block.close()


if __name__ == "__main__":
    block = SharedMemory(create=True, size=48)
    a = np.ndarray((6,), dtype=np.float64, buffer=block.buf)
    a[:] = -1
    workers = [Process(target=fill, args=(block.name, i, i + 3)) for i in (0, 3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(a, a.flags.owndata)
    del a
    block.close()
    block.unlink()
