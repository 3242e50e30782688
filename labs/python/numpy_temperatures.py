"""A million temperatures in Fahrenheit: one by one, and as one array.

The loop takes a tenth of them, so that it ends while you watch.
"""

import time

import numpy as np

try:
    from lab import tell
except ImportError:  # anywhere else
    tell = print

np.random.seed(1)
celsius = np.random.uniform(-40, 40, size=1_000_000)
tenth = celsius[:100_000]  # a view: nothing is copied

start = time.perf_counter()
by_loop = np.empty_like(tenth)
for i in range(len(tenth)):
    by_loop[i] = tenth[i] * 9 / 5 + 32
loop_s = time.perf_counter() - start

start = time.perf_counter()
fahrenheit = celsius * 9 / 5 + 32
array_s = time.perf_counter() - start

print("the same numbers:", np.array_equal(by_loop, fahrenheit[:100_000]))
print(f"loop:  {1e9 * loop_s / len(tenth):7.1f} ns for each")
print(f"array: {1e9 * array_s / len(celsius):7.1f} ns for each")
tell("result", float(fahrenheit.mean()))
tell("times as fast", 10 * loop_s / array_s)
