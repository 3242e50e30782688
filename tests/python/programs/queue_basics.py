# checks: queue.Queue: producer and consumer, join, sentinel, Empty and Full
import queue
import threading

tasks = queue.Queue()
results = []


def consume():
    while (item := tasks.get()) is not None:
        results.append(item * 10)
        tasks.task_done()
    tasks.task_done()


thread = threading.Thread(target=consume)
thread.start()
for item in range(5):
    tasks.put(item)
tasks.put(None)
tasks.join()
thread.join()
print(results, tasks.qsize(), tasks.empty())
small = queue.Queue(maxsize=1)
small.put(1)
for attempt in (lambda: small.put_nowait(2), lambda: small.put(2, timeout=0.02), lambda: (small.get(), small.get_nowait())):
    try:
        attempt()
    except (queue.Full, queue.Empty) as error:
        print(type(error).__name__)
