# checks: Barrier: all wait for all; abort
import threading

barrier = threading.Barrier(3)
phases = []


def work():
    phases.append(1)
    barrier.wait()
    phases.append(2)
    barrier.wait()
    phases.append(3)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(phases, barrier.parties, barrier.n_waiting, barrier.broken)
barrier.abort()
try:
    barrier.wait()
except threading.BrokenBarrierError as error:
    print(type(error).__name__, barrier.broken)
