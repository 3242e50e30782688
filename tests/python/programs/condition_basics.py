# checks: Condition: wait_for, notify, notify_all, and the lock that must be held
import threading

condition = threading.Condition()
box = []


def consume(number, taken):
    with condition:
        condition.wait_for(lambda: box)
        taken.append((number, box.pop()))


taken = []
threads = [threading.Thread(target=consume, args=(number, taken)) for number in range(3)]
for thread in threads:
    thread.start()
for item in "abc":
    with condition:
        box.append(item)
        condition.notify_all()
for thread in threads:
    thread.join()
print(sorted(number for number, _ in taken), sorted(item for _, item in taken))
with condition:
    print(condition.wait(timeout=0.05))
try:
    condition.notify()
except RuntimeError as error:
    print(error)
