import multiprocessing as mp
from multiprocessing.shared_memory import ShareableList, SharedMemory


def fill(name, items):
    block = SharedMemory(name)
    block.buf[0] = 7
    block.buf[1:4] = b"abc"
    block.close()
    items[1] = "changed"
    items.shm.close()


if __name__ == "__main__":
    block = SharedMemory(name="lab_block", create=True, size=64)
    items = ShareableList([1, "a text with some room", 2.5, None, True, b"bytes"])
    process = mp.Process(target=fill, args=(block.name, items))
    process.start()
    process.join()
    print(block, block.size, len(block.buf), block.buf[0], bytes(block.buf[:5]))
    numbers = block.buf[8:24].cast("q")
    numbers[1] = -5
    print(numbers.tolist(), bytes(block.buf[16:24]).hex())
    numbers.release()
    print(list(items), len(items), items.count(None), items.index(2.5), items.format)
    for wrong in (lambda: SharedMemory("lab_block", create=True, size=1), lambda: SharedMemory("no_such_block"), lambda: items[9]):
        try:
            wrong()
        except (OSError, IndexError) as error:
            print(type(error).__name__, error)
    items.shm.close()
    items.shm.unlink()
    block.close()
    block.unlink()
