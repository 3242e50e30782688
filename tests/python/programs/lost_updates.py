# checks: without a lock, updates get lost when a thread gives way between reading and writing
# expect-range: counter 1 199
import threading
import time

counter = 0


def one():
    time.sleep(0.001)
    return 1


def work():
    global counter
    for _ in range(50):
        counter += one()


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"counter: {counter}")
