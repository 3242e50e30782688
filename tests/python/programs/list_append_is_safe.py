# checks: appending to one list from many threads loses nothing
import threading

items = []


def work(start):
    for i in range(start, start + 1000):
        items.append(i)


threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 4000, 1000)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(items), sorted(items) == list(range(4000)))
