# checks: nested loops over indices and what replaces them
import numpy as np

t = np.random.RandomState(3).uniform(250, 310, size=(4, 5, 6))
sums = np.zeros((5, 6))
for j in range(t.shape[1]):
    for k in range(t.shape[2]):
        total = 0.0
        for i in range(t.shape[0]):
            total += t[i, j, k]
        sums[j, k] = total
print(np.array_equal(sums, t.sum(axis=0)), np.array_equal(sums / 4, t.mean(axis=0)))
warm = 0
for value in t.flat:
    if value > 300:
        warm += 1
print(warm == (t > 300).sum(), warm)
differences = np.array([[t[0, j, k + 1] - t[0, j, k] for k in range(5)] for j in range(5)])
print(np.array_equal(differences, np.diff(t[0], axis=1)), np.array_equal(differences, t[0, :, 1:] - t[0, :, :-1]))
