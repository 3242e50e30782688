# checks: arange, linspace, logspace, geomspace
# known-difference: other words for a string
import numpy as np

print(np.arange(5), np.arange(2, 8, 3), np.arange(5, 0, -2), np.arange(0.5, 2.5, 0.5), np.arange(3.0), np.arange(5, 2))
print(np.arange(0, 1, 0.3), np.arange(3, dtype=np.float32), np.arange(1, 2, 0.1).shape, np.arange(True, 4))
print([x.hex() for x in np.arange(0, 1, 0.1).tolist()])
print(
    np.linspace(0, 10, 5),
    np.linspace(0, 1, 4, endpoint=False),
    np.linspace(3, 3, 2),
    np.linspace(0, 1, 1),
    np.linspace(0, 1, 0),
)
print(
    np.linspace(1, 2, 3, retstep=True),
    np.linspace(0, 5, 6, dtype=int),
    np.linspace([0, 10], [1, 20], 3),
    np.linspace(1j, 2, 2),
)
print([x.hex() for x in np.linspace(-1, 1, 7).tolist()])
print(np.round(np.logspace(0, 2, 5), 9), np.logspace(0, 3, 4, base=2), np.round(np.geomspace(1, 1000, 4), 9))
for wrong in ((1, 2, 0), (0, "a")):
    try:
        print(np.arange(*wrong))
    except Exception as error:
        print(type(error).__name__, error)
try:
    np.linspace(0, 1, -1)
except ValueError as error:
    print(error)
try:
    np.linspace(0, 1, 2.5)
except TypeError as error:
    print(error)
