# checks: endless recursion is a RecursionError that can be caught
import sys


def down(n):
    return down(n + 1)


try:
    down(0)
except RecursionError as error:
    print(type(error).__name__, str(error).startswith("maximum recursion depth exceeded"))
print(sys.getrecursionlimit() >= 100)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(150))
