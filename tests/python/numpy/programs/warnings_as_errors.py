# checks: a warning filter makes an error of a RuntimeWarning, which ends the program
import warnings

import numpy as np

warnings.simplefilter("error", RuntimeWarning)
try:
    np.log(np.array([-1.0]))
except RuntimeWarning as error:
    print("caught:", error)
print("next")
np.array([1.0]) / np.array([0.0])
print("never")
