import multiprocessing as mp


def work(lock, rlock, semaphore, value, array, event, barrier, condition):
    with rlock, rlock, semaphore:
        for index in range(50):
            with value.get_lock():
                value.value += 1
            with lock:
                array[index % len(array)] += 1
    event.set()
    barrier.wait()
    with condition:
        condition.notify_all()


if __name__ == "__main__":
    lock, rlock, semaphore = mp.Lock(), mp.RLock(), mp.BoundedSemaphore(2)
    value, array = mp.Value("i", 0), mp.Array("d", [0, 0.5, 1])
    event, barrier, condition = mp.Event(), mp.Barrier(3), mp.Condition()
    print(lock, rlock, semaphore, value)
    print(event.is_set(), barrier.parties, array[:], len(array))
    args = (lock, rlock, semaphore, value, array, event, barrier, condition)
    processes = [mp.Process(target=work, args=args) for _ in range(2)]
    with condition:
        for process in processes:
            process.start()
        event.wait()
        barrier.wait()
        condition.wait()
    for process in processes:
        process.join()
    print(value.value, array[:], event.is_set(), semaphore)
    print(lock.acquire(), lock.acquire(timeout=0.01), lock.acquire(False))
    print(lock)
    lock.release()
    for release in (lock.release, semaphore.release, rlock.release):
        try:
            release()
        except (AssertionError, ValueError) as error:
            print(type(error).__name__, error)
    for make in (lambda: mp.Value("i", 1.5), lambda: mp.Value("d", "x"), lambda: array[5]):
        try:
            make()
        except (TypeError, IndexError) as error:
            print(type(error).__name__, error)
    text = mp.Array("c", b"hello")
    text.value = b"hi"
    print(text.value, text.raw, mp.Value("i", 2**31).value, mp.RawArray("h", 3)[:])
