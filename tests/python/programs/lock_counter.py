# checks: a counter behind a lock loses nothing
import threading
import time

counter = 0
lock = threading.Lock()


def work():
    global counter
    for _ in range(50):
        with lock:
            value = counter
            time.sleep(0)
            counter = value + 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
