# checks: many temperatures converted by a loop and by one expression: the same bits
import time

import numpy as np

np.random.seed(2026)
celsius = np.random.uniform(-40, 40, size=20_000)

began = time.perf_counter()
by_loop = np.empty_like(celsius)
for i, degrees in enumerate(celsius):
    by_loop[i] = degrees * 9 / 5 + 32
took_loop = time.perf_counter() - began

began = time.perf_counter()
at_once = celsius * 9 / 5 + 32
took_at_once = time.perf_counter() - began

print(f"{celsius.size} temperatures, the same: {np.array_equal(by_loop, at_once)}")
print("the loop is slower:", took_loop > took_at_once)
print([x.hex() for x in at_once[:3].tolist()], at_once.mean().hex(), at_once.min(), at_once.max())
