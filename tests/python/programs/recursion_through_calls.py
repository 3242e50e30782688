# checks: recursion through what the library calls is a RecursionError that can be caught, in threads too
import functools
import threading


@functools.lru_cache
def cached(n):
    return cached(n + 1)


def sorting(n):
    return sorted([2, 1], key=lambda _: sorting(n + 1))


def mapping(n):
    return list(map(mapping, [n + 1]))


class Mirror:
    def __init__(self, n):
        self.inner = Mirror(n + 1) if n >= 0 else None

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __eq__(self, other):
        return other == self

    def __repr__(self):
        return repr([self])


def falls():
    mirror = Mirror(-1)
    calls = [lambda: cached(0), lambda: sorting(0), lambda: mapping(0), lambda: Mirror(0)]
    for call in calls + [lambda: mirror.a, lambda: mirror == mirror, lambda: repr(mirror)]:
        try:
            call()
        except RecursionError as error:
            print(type(error).__name__, str(error).startswith("maximum recursion depth exceeded"))

falls()
thread = threading.Thread(target=falls)
thread.start()
thread.join()
