# checks: base of a view of a view is the array that owns the memory
import numpy as np

a = np.arange(24)
b = a.reshape(2, 3, 4)
c = b[1]
d = c[:, ::2]
print(a.base, b.base is a, c.base is a, d.base is a)
d[...] = -1
print(a)
e = d.copy()
print(e.base, e.flags["OWNDATA"], d.flags["OWNDATA"])
f = e.T
print(f.base is e, f.T.base is e)
