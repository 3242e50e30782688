# checks: LifoQueue, PriorityQueue, SimpleQueue
import queue

for kind in (queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = kind()
    for item in (2, 3, 1):
        q.put(item)
    print(kind.__name__, [q.get() for _ in range(3)], q.empty())
try:
    queue.SimpleQueue().get(timeout=0.02)
except queue.Empty:
    print("empty")
