# checks: reductions of three axes in every combination, of transposed and sliced arrays
import numpy as np

a = (np.arange(60) * 37 % 101).reshape(3, 4, 5) / 8
for axis in (0, 1, 2, (0, 1), (0, 2), (1, 2), (0, 1, 2), None):
    for name in ("sum", "max", "mean", "std", "argmax"):
        if name == "argmax" and isinstance(axis, tuple):
            continue
        result = getattr(np, name)(a, axis=axis)
        print(name, axis, np.shape(result), float(np.sum(result)).hex(), end="; ")
    print()
for view in (a.T, a[:, ::-1], a[1:, :, ::2], a.swapaxes(0, 1)):
    print(
        view.sum(axis=0).tolist()[0], float(view.mean()).hex(), float(view.var(axis=1).sum()).hex(), view.cumsum()[-1]
    )
