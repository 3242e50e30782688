# checks: argsort, stable where values are equal, lexsort, argpartition
import numpy as np

a = np.array([3, 1, 2, 1, 3, 0])
order = np.argsort(a, kind="stable")
print(order, a[order], a[np.argsort(-a, kind="stable")], a.argsort(stable=True))
m = np.array([[0.3, np.nan, 0.1], [2.0, 1.0, 3.0]])
print(np.argsort(m), np.argsort(m, axis=0), np.argsort(m, axis=None))
print(
    np.lexsort(([9, 4, 0, 4], [1, 5, 1, 4])),
    np.argpartition([3, 1, 2], 0)[0],
    np.argsort([]),
    np.argsort([True, False]),
)
names = np.array([30, 10, 20])
print([("a", "b", "c")[i] for i in np.argsort(names)], np.sort(names)[np.argsort(np.argsort(names))])
