# checks: arithmetic of scalars with each other and with Python's numbers
# known-difference: other words about strings, which no array here holds
import numpy as np

x, n = np.float64(7.5), np.int64(-7)
for action in (
    "x + n",
    "x // 2",
    "x % 2",
    "n // 2",
    "n % 3",
    "n / 2",
    "n ** 2",
    "-x",
    "abs(n)",
    "divmod(n, 3)",
    "2 - n",
):
    print(action, "=", repr(eval(action)))
print(repr(x + 1j), repr(n & 3), repr(n | 8), repr(n ^ 1), repr(~n), repr(n << 2), repr(n >> 1))
print(x > n, x == 7.5, n != -7, repr(x < 3), not np.bool(False), repr(~np.bool(True)), repr(np.bool(True) & True))
print(round(x), round(np.float64(2.675), 2), int(x), float(n), complex(x), bool(n), [10, 20, 30][np.int64(1)])
print(hash(np.float64(0.5)) == hash(0.5), {np.int64(3): "three"}[3], sum([np.float32(1), np.float32(2)]))
print(f"{x:.2f} {x:8.3e} {n:5d} {np.float32(0.1):.3f} {np.bool(True)} {n}", "%.1f %d" % (x, n))
try:
    x + "a"
except Exception as error:
    print(type(error).__name__, error)
try:
    n << 1.0
except Exception as error:
    print(type(error).__name__, error)
