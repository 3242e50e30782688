# not-in-stand-in: the interpreter's own events
# checks: what courses print of a profile; times are counted by a clock of the script's
import cProfile
import io
import os
import profile
import pstats
import re
import sys
import tempfile


def clock():
    """Every look at it is a second later."""
    clock.now += 1
    return float(clock.now)


clock.now = 0


def slow():
    return sum(fast(i) for i in range(3))


def fast(i):
    return i * i


def main():
    for _ in range(4):
        slow()
    return len("abc")


profiler = cProfile.Profile(clock)
profiler.enable()
main()
profiler.disable()
out = io.StringIO()
stats = pstats.Stats(profiler, stream=out).strip_dirs()
stats.sort_stats("cumulative").print_stats(3)
stats.sort_stats(pstats.SortKey.CALLS, pstats.SortKey.NAME).print_stats()
stats.sort_stats("tottime").print_stats("fast|slow")
stats.print_callers("fast")
stats.print_callees("main")
# Columns are as wide as names of files.
print(*(" ".join(line.split()) for line in out.getvalue().splitlines()), sep="\n")

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "run.prof")
    profiler.dump_stats(path)
    again = pstats.Stats(path)
    print(again.total_calls, again.files == [path])
    again.add(profiler)
    print(again.total_calls)
    cProfile.run("main()", path)
    print(pstats.Stats(path).total_calls)


def printed(run):
    kept, sys.stdout = sys.stdout, io.StringIO()
    try:
        run()
        text = sys.stdout.getvalue()
    finally:
        sys.stdout = kept
    return re.sub(r"\d+\.\d{3}", "0.000", text).rstrip()


print(printed(lambda: cProfile.run("main()")))
print(printed(lambda: cProfile.runctx("answer = main()", globals(), {}, sort="name")))
python = profile.Profile(clock)
python.runcall(main)
rows = pstats.Stats(python).strip_dirs().stats
print(sorted((name, calls) for (_, _, name), (_, calls, *_) in rows.items() if name in ("main", "slow", "fast")))

events = []
sys.setprofile(
    lambda frame, event, argument: events.append((event, getattr(argument, "__name__", frame.f_code.co_name)))
)
slow()
[].append(1)
sys.setprofile(None)
print([event for event in events if event[1] != "<lambda>"])
print(sys.getprofile())
