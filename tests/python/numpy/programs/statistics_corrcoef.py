# checks: cov and corrcoef
import numpy as np

a = np.array([[1.0, 2, 3, 4], [2.0, 4, 6, 9], [4, 3, 2, 1]])
print(np.round(np.cov(a), 9), np.round(np.corrcoef(a), 9), np.cov([1, 2, 3]), np.round(np.corrcoef([1, 2, 3], [1, 2, 4]), 9))
print(np.cov([1, 2, 3], ddof=0), np.round(np.cov(a.T, rowvar=False), 9)[0])
