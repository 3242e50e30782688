# checks: Lock: acquire, release, with, timeout, errors
import threading

lock = threading.Lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.05))
lock.release()
with lock:
    print(lock.locked())
print(lock.locked())
for attempt in (lock.release, lambda: lock.acquire(blocking=False, timeout=1), lambda: lock.acquire(timeout=-2)):
    try:
        attempt()
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)
