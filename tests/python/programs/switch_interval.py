# The switch interval, in seconds: whole ones too, and what it refuses.
import sys
import threading

print(sys.getswitchinterval())
sys.setswitchinterval(1)
print(sys.getswitchinterval())
for interval in (0, -0.5, "fast", None):
    try:
        sys.setswitchinterval(interval)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(sys.getswitchinterval())

sys.setswitchinterval(1e-6)
counts = [0, 0]


def count(number):
    for _ in range(20_000):
        counts[number] += 1


threads = [threading.Thread(target=count, args=(number,)) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counts)
