# checks: lists of arrays, arrays in dataclasses and dictionaries, and comparisons of them
from dataclasses import dataclass

import numpy as np


@dataclass
class Run:
    name: str
    path: np.ndarray


runs = [Run("a", np.arange(2)), Run("b", np.array([1.5, 2.5]))]
print(runs)
print({"x": np.zeros(2), "y": [np.ones(1), (np.int64(1), np.float32(0.5))]})
print(np.array([run.path.sum() for run in runs]), np.mean([run.path for run in runs], axis=0))
print(Run("c", runs[0].path) == Run("c", runs[0].path))
for action in (
    lambda: Run("c", np.arange(2)) == Run("c", np.arange(2)),
    lambda: [np.arange(2), np.arange(2)].index(np.arange(2)),
    lambda: {np.arange(2): 1},
):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
grown = []
for i in range(3):
    grown.append(np.full(2, i))
print(np.array(grown), np.array(grown).shape, np.concatenate(grown))
