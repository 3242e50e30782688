# checks: set_printoptions, get_printoptions, the context manager
import numpy as np

a = np.array([1 / 3, 1e-10, 1000.0])
print(np.get_printoptions())
np.set_printoptions(precision=3)
print(a, repr(a))
np.set_printoptions(suppress=True)
print(a)
np.set_printoptions(precision=8, suppress=False, linewidth=40, threshold=10, edgeitems=2)
print(np.arange(12), np.arange(9) * 1.5)
with np.printoptions(precision=2, sign="+", floatmode="fixed"):
    print(np.array([1.0, 2.5]))
with np.printoptions(nanstr="missing", infstr="oo"):
    print(np.array([np.nan, np.inf]))
with np.printoptions(formatter={"float": "{:.1e}".format}):
    print(np.array([1.0, 250.0]))
print(np.array([1.0, 2.5]))
np.set_printoptions(linewidth=75, threshold=1000, edgeitems=3, sign=" ")
print(np.array([1.0, -2.5]), np.arange(5))
