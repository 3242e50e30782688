# checks: bincount
# known-difference: other words for nested lists
import numpy as np

print(
    np.bincount([0, 1, 1, 3]),
    np.bincount([1, 2], minlength=6),
    np.bincount([0, 1, 1], weights=[0.5, 1, 2]),
    np.bincount([]),
)
for action in (
    lambda: np.bincount([-1]),
    lambda: np.bincount([1.5]),
    lambda: np.bincount([[1]]),
    lambda: np.bincount([1], weights=[1, 2]),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
