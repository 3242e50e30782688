# checks: sum of floats carries its rounding errors along (since 3.12)
print(sum([0.1] * 10), sum([1e16, 1.0, -1e16]), sum([0.5, 1]))
