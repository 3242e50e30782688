# not-in-stand-in: the interpreter's own events
# checks: who called what how often, as CPython counts it
import cProfile
import functools
import pstats
import threading


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def numbers(n):
    for i in range(n):
        yield i


class Point:
    def __init__(self):
        self.x = 1

    @property
    def y(self):
        return 2

    def size(self):
        return len([1])

    def __add__(self, other):
        return self

    def __getitem__(self, index):
        return index


def fails():
    raise ValueError("no")


def delegate(n):
    yield from numbers(n)
    return n


@functools.lru_cache
def cached(n):
    return n


def work():
    values = []
    for i in range(50):
        values.append(i)
        len(values)
        isinstance(i, int)
        str(i)
        type(i)
        tuple(values)
    sum(numbers(5))
    sorted(values, key=lambda value: -value)
    sorted(["a"], key=len)
    point = Point()
    for _ in range(20):
        point.size()
        point.y
        point + point
        point[1]
        Point()
    int("3")
    list(map(abs, [1, 2]))
    [value for value in numbers(2)]
    list(delegate(3))
    "a,b".split(","), ",".join(["a"]), dict(a=1), max(1, 2)
    values.sort()
    append = values.append
    append(1)
    for _ in range(3):
        cached(1)
    for function in (fails, lambda: int("x"), lambda: values.remove(99)):
        try:
            function()
        except ValueError:
            pass
    min(*[1, 2]), print(end="", sep="")
    fib(6)


def show(profiler):
    counted = pstats.Stats(profiler)
    rows = sorted(counted.stats.items(), key=lambda row: (row[0][2], row[0][1]))
    for (_, _, name), (primitive, calls, _, _, callers) in rows:
        print(name, calls, primitive, sorted((caller[2], times[:2]) for caller, times in callers.items()))
    print(counted.total_calls, counted.prim_calls)


work()  # what is called often is specialized
print("-- runctx")
profiler = cProfile.Profile()
profiler.runctx("work()", globals(), {})
show(profiler)
print("-- with")
with cProfile.Profile() as profiler:
    work()
show(profiler)
print("-- twice, without compiled functions")
profiler = cProfile.Profile(builtins=False)
profiler.enable(builtins=False)
fib(4)
profiler.disable()
fib(10)
profiler.enable(builtins=False)
fib(4)
profiler.disable()
show(profiler)
profiler.clear()
print(profiler.getstats())
print("-- runcall", profiler.runcall(fib, 5))
show(profiler)
print("-- in a thread of its own")
profiler = cProfile.Profile()
thread = threading.Thread(target=profiler.runcall, args=(fib, 7))
thread.start()
thread.join()
print([(code.code.co_name, code.callcount) for code in profiler.getstats() if hasattr(code.code, "co_name")])
print("-- by a clock of its own")
ticks = iter(range(10_000))
profiler = cProfile.Profile(lambda: next(ticks), 0.5)
profiler.runcall(fib, 3)
for entry in profiler.getstats():
    if not isinstance(entry.code, str):
        print(entry.code.co_name, entry.callcount, entry.reccallcount, entry.totaltime, entry.inlinetime)
        print([(call.code.co_name, call.callcount, call.totaltime) for call in entry.calls])
first, second = cProfile.Profile(), cProfile.Profile()
first.enable()
try:
    second.enable()
except ValueError as error:
    print(error)
second.disable()
first.disable()
print(any(entry.callcount for entry in first.getstats()), second.getstats())
