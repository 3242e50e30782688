# checks: division by zero and invalid operations warn on stderr, and only once per line
# known-difference: warnings show no lines of the script
import numpy as np

a = np.array([1.0, 0.0, -1.0])
print(a / 0)
print(np.log(np.array([0.0])))
print(np.sqrt(np.array([-1.0, 4.0])))
for _ in range(3):
    b = 1 / a
print(np.array([1e308]) * 10)
print(np.array([1, 0]) // 0, np.array([5]) % 0)
print(np.float64(1) / 0, np.int64(1) // 0)
print(np.array([np.inf]) - np.inf)
