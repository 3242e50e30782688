# checks: names, in-place operators and function arguments
import numpy as np


def scale(values):
    values *= 2


def scaled(values):
    values = values * 2
    return values


a = np.array([1.0, 2.0, 3.0])
b = a
b[0] = 10
print(a, a is b)
scale(a)
print(a, b)
c = scaled(a)
print(a, c)
parts = [a[:2], a[1:]]
for part in parts:
    part += 1
print(a)
x = y = np.zeros(2)
x += 1
x = x + 1
print(x, y)
