# checks: RLock: taken several times by its owner, released as often
import threading

lock = threading.RLock()
order = []


def work():
    with lock:
        order.append("thread")


def recurse(depth):
    with lock:
        return 0 if depth == 0 else 1 + recurse(depth - 1)


with lock:
    print(recurse(5))
    thread = threading.Thread(target=work)
    thread.start()
    order.append("main")
thread.join()
print(order)
try:
    lock.release()
except RuntimeError as error:
    print(error)
