# checks: two locks always taken in the same order; one that is taken is not waited for
import threading

first, second = threading.Lock(), threading.Lock()
total = 0


def work():
    global total
    for _ in range(100):
        with first, second:
            total += 1


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with first:
    print(total, second.acquire(timeout=0.1), first.acquire(timeout=0.1))
