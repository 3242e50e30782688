# checks: Timer calls later, unless cancelled
import threading

done = threading.Event()
order = []


def ring(what):
    order.append(what)
    done.set()


timer = threading.Timer(0.1, ring, args=("rang",))
never = threading.Timer(0.05, ring, args=("never",))
timer.start()
never.start()
never.cancel()
order.append("started")
print(done.wait(10))
timer.join()
never.join()
print(order)
