# checks: Event: set, clear, wait with and without timeout
import threading

event = threading.Event()
order = []


def work():
    event.wait()
    order.append("went on")


print(event.is_set(), event.wait(0.05))
thread = threading.Thread(target=work)
thread.start()
order.append("set")
event.set()
thread.join()
print(order, event.is_set(), event.wait(0))
event.clear()
print(event.is_set())
