# checks: Thread: start, join, is_alive, args, kwargs, ident
import threading

results = {}


def work(key, value=0):
    results[key] = value


threads = [threading.Thread(target=work, args=(i,), kwargs={"value": i * i}) for i in range(4)]
print([thread.is_alive() for thread in threads], threads[0].ident)
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))
print([thread.is_alive() for thread in threads], len({thread.ident for thread in threads}) >= 1)
try:
    threads[0].start()
except RuntimeError as error:
    print(error)
