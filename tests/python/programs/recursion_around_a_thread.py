# checks: a thread that starts deep in calls leaves the limit of its parent's calls as it was
import threading


def work():
    done.append(len(done))


def down(n):
    if n == 0:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return []
    return list(map(down, [n - 1]))


class Mirror:
    def __getattr__(self, name):
        return getattr(self, name + "x")


done = []
for depth in (60, 5, 60):
    down(depth)
    try:
        Mirror().a
    except RecursionError as error:
        print(type(error).__name__, done)
