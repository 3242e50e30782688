# checks: tables of measurements: rows chosen by conditions and sorted by columns
import numpy as np

table = np.array([[3, 21.5, 0.1], [1, 19.0, 0.7], [2, 25.25, 0.0], [1, 18.5, 0.9]])
print(table[table[:, 0] == 1])
print(table[(table[:, 1] > 19) & (table[:, 2] < 0.5), 1])
print(table[np.argsort(table[:, 0], kind="stable")])
print(table[np.lexsort((table[:, 1], table[:, 0]))])
print(table[table[:, 1].argmax()], table[:, 1:].mean(axis=0), table[:, [2, 0]])
table[table[:, 2] == 0, 2] = np.nan
print(table, np.nanmean(table[:, 2]), table[~np.isnan(table).any(axis=1)].shape)
