import multiprocessing as mp
import queue


def produce(numbers, results):
    for number in iter(numbers.get, None):
        results.put((number, number * number))
    results.put("done")


def consume(tasks, lengths):
    while True:
        task = tasks.get()
        if task is not None:
            lengths.put(len(task))
        tasks.task_done()
        if task is None:
            return


if __name__ == "__main__":
    numbers, results = mp.Queue(), mp.SimpleQueue()
    process = mp.Process(target=produce, args=(numbers, results))
    process.start()
    for number in range(5):
        numbers.put(number)
    numbers.put(None)
    print(list(iter(results.get, "done")))
    process.join()
    print(process.exitcode, numbers.empty(), results.empty(), numbers.qsize())

    tasks, lengths = mp.JoinableQueue(), mp.Queue()
    process = mp.Process(target=consume, args=(tasks, lengths))
    process.start()
    for size in (10, 100_000, 500_000):
        tasks.put("x" * size)
    tasks.put(None)
    tasks.join()
    process.join()
    print([lengths.get() for _ in range(3)])

    small = mp.Queue(2)
    small.put(1)
    small.put(2)
    for call in (lambda: small.put(3, timeout=0.01), lambda: small.put_nowait(3)):
        try:
            call()
        except queue.Full as error:
            print(type(error).__name__, small.full())
    print(small.get(), small.get())
    for call in (lambda: small.get(timeout=0.01), small.get_nowait):
        try:
            call()
        except queue.Empty as error:
            print(type(error).__name__)
    small.close()
    try:
        small.put(1)
    except ValueError as error:
        print(str(error).partition(" <")[0])
