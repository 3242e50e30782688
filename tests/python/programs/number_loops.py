# checks: a loop that has got used to numbers still treats everything else right
import sys


class Finalized:
    def __del__(self):
        found.append(sys._getframe(1).f_locals["x"])


class Weight(float):
    def __add__(self, other):
        return "added"


def total(start, items):
    for item in items:
        start += item
    return start


def arithmetic(a, b, c):
    return a + b * c - a * c + (b - c) * (a + c)


def forget():
    x = [Finalized()]
    x = None
    return x


found = []
print(total(0, range(1000)), total(0.0, [0.5] * 1000))
lists = []
total(lists, [[1], [2]])
print(lists)
try:
    total((), [1])
except TypeError as error:
    print(type(error).__name__)
print([arithmetic(n * 0.1, 1.5, 2.5) for n in range(60)][-1])
print(arithmetic(True, 2**70, 3), arithmetic(1j, 2, 3), total(Weight(1.0), [1.0]), total(1.0, [Weight(2.0)]))
print(forget(), found)
values = [0.1 * n for n in range(5)]
kept = values[1]
print(sum(v * v + v for v in values), kept, values)
