# checks: `counter += 1` can't be more than all of its additions; whether some get lost depends on the interpreter
# expect-range: counter 10000 40000
import threading

counter = 0


def work():
    global counter
    for _ in range(10000):
        counter += 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"counter: {counter}")
