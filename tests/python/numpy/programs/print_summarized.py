# checks: large arrays are summarized
import numpy as np

print(np.arange(1001))
print(repr(np.arange(2000)))
print(np.arange(10000).reshape(100, 100))
print(repr(np.zeros((50, 50))))
print(np.ones((2, 3, 400)))
print(np.arange(1000).sum(), len(str(np.arange(1000))))
