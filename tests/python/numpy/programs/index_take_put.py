# checks: take, put, take_along_axis, put_along_axis, choose, compress, extract, place
import numpy as np

a = np.array([[4, 3, 5], [1, 2, 1]])
print(np.take(a, [0, 5]), a.take([2, 0], axis=1), np.take(a, [7, -9], mode="wrap"), np.take(a, [7, -9], mode="clip"))
order = np.argsort(a, axis=1)
print(np.take_along_axis(a, order, axis=1))
np.put_along_axis(a, np.argmax(a, axis=1)[:, None], 99, axis=1)
print(a)
np.put(a, [0, -1], [-5, -6])
print(a)
print(np.choose([0, 1, 1], [[1, 2, 3], [10, 20, 30]]), np.compress([True, False, True], a, axis=1))
print(np.extract(a > 3, a), np.select([a < 0, a > 10], [0, 1], default=2))
np.place(a, a < 0, [1, 2])
print(a)
np.putmask(a, a > 50, -a)
print(a)
try:
    np.take(a, 6)
except IndexError as error:
    print(error)
