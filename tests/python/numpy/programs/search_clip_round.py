# checks: clip and round
# known-difference: other words where a type does not fit
import numpy as np

a = np.array([-2.5, -0.5, 0.5, 1.5, 2.675])
print(np.clip(a, -1, 1), a.clip(min=0), np.clip(a, None, 1), np.clip([1, 5, 9], [2, 2, 2], 6), np.clip(a, 2, 1))
print(np.round(a), a.round(2), np.around(a, 1), np.round([1234, 1250, 1350], -2), np.round(5.5))
print(np.rint(a), np.round(-0.4), np.round(1 + 2.567j, 1), np.clip(np.array([1, 300]), 0, 255).astype(np.uint8))
print(np.round(np.float32(2.675), 2), type(np.round(np.float64(1.5))).__name__, np.round([np.nan, np.inf]))
try:
    np.clip(np.array([1], np.uint8), -1, 300)
except OverflowError as error:
    print(error)
try:
    np.clip(a, "x", 1)
except TypeError as error:
    print(type(error).__name__)
