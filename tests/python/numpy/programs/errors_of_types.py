# checks: arrays with values that are no numbers
# known-difference: other words about objects, which no array here holds
import numpy as np

a = np.array([1.0, 2.0])


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: a + "x")
show(lambda: a * None)
show(lambda: "x" * a)
show(lambda: a + {})
show(lambda: -np.array(True))
show(lambda: a < None)
show(lambda: a[1.0])
show(lambda: a["x"])
show(lambda: a())
show(lambda: int(a))
show(lambda: complex(a))
show(lambda: range(a[0]))
show(lambda: [1, 2][a[0]])
show(lambda: a.append(3))
show(lambda: a.astype("nothing"))
show(lambda: a & a)
show(lambda: np.zeros(2, 3))
show(lambda: np.ones(2, int)(0))
