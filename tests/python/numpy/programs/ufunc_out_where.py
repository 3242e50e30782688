# checks: the arguments out, where, dtype and casting of ufuncs
# known-difference: other words about strings, and what a dtype= cannot be
import numpy as np

a = np.arange(5.0)
out = np.zeros(5)
print(np.add(a, 1, out=out) is out, out)
np.multiply(a, a, out=a[:])
print(a)
print(
    np.sqrt(a, where=a > 2, out=np.full(5, -1.0)), np.add(1, 2, dtype=float), np.add([1, 2], 3, dtype=np.float32).dtype
)
b = np.zeros(3, dtype=int)
print(np.floor_divide([7, 8, 9], 2, out=b), np.divide([1, 2], [0, 4], out=np.zeros(2), where=[False, True]))
q, r = np.zeros(2), np.zeros(2)
np.divmod([7.0, 9.0], 4, out=(q, r))
print(q, r)


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.add([1.5, 2], 1, out=np.zeros(2, int)))
show(lambda: np.add([1, 2], 1, out=np.zeros(3)))
show(lambda: np.add([1.5, 2.5], 1, out=np.zeros(2, int), casting="unsafe"))
show(lambda: np.add(1, 2, out=5))
show(lambda: np.add(1))
show(lambda: np.add(1, 2, 3, 4))
show(lambda: np.add(1, 2, wrong=3))
show(lambda: np.sin([1, 2], dtype=int))
show(lambda: np.sqrt("a"))
