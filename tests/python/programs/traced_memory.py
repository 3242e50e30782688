# not-in-stand-in: the interpreter's own allocator counts
# self-checking: how large an object is differs from CPython's
import tracemalloc

assert not tracemalloc.is_tracing() and tracemalloc.get_traced_memory() == (0, 0)
before = [bytes(1000) for _ in range(1000)]
tracemalloc.start()
assert tracemalloc.is_tracing()
base, _ = tracemalloc.get_traced_memory()
block = bytearray(1_000_000)
held, peak = tracemalloc.get_traced_memory()
print("a bytearray of a million:", held - base)
assert 1_000_000 <= held - base < 1_010_000 and peak >= held, (base, held, peak)
del block
now, peak = tracemalloc.get_traced_memory()
assert now - base < 10_000 and peak >= held, (now, peak)
tracemalloc.reset_peak()
now, peak = tracemalloc.get_traced_memory()
assert peak < held, (now, peak)
# What is older is nobody's, also when it goes.
del before
after, _ = tracemalloc.get_traced_memory()
assert 0 <= after <= now + 5000, (now, after)
texts = ["x" * 200 + str(number) for number in range(5000)]
held, _ = tracemalloc.get_traced_memory()
print("5000 texts of 200 characters, at least:", held - after > 5000 * 200)
assert 5000 * 200 < held - after < 5000 * 400, held - after
assert tracemalloc.get_tracemalloc_memory() > 0
grown = []
for number in range(10_000):
    grown.append(None)
assert tracemalloc.get_traced_memory()[0] > held
for use in (tracemalloc.take_snapshot, lambda: tracemalloc.get_object_traceback(texts), tracemalloc.Snapshot):
    try:
        use()
    except NotImplementedError as error:
        assert "not which lines" in str(error), error
    else:
        raise SystemExit("it is there")
tracemalloc.clear_traces()
assert tracemalloc.get_traced_memory()[0] < 10_000
tracemalloc.stop()
assert not tracemalloc.is_tracing() and tracemalloc.get_traced_memory() == (0, 0)
