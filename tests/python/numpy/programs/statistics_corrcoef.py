# checks: cov and corrcoef
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


a = np.array([[1.0, 2, 3, 4], [2.0, 4, 6, 9], [4, 3, 2, 1]])
print(rounded(np.cov(a)), rounded(np.corrcoef(a)), np.cov([1, 2, 3]), rounded(np.corrcoef([1, 2, 3], [1, 2, 4])))
print(np.cov([1, 2, 3], ddof=0), rounded(np.cov(a.T, rowvar=False))[0])
