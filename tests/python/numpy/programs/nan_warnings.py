# checks: the warnings of reductions over nothing
import warnings

import numpy as np


def show(action):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = action()
    print(result, *(f"{it.category.__name__}: {it.message};" for it in caught))


show(lambda: np.mean([]))
show(lambda: np.array([]).mean())
show(lambda: np.std([]))
show(lambda: np.var([1.0], ddof=1))
show(lambda: np.zeros((0, 2)).mean(axis=0))
show(lambda: np.median([]))
show(lambda: np.nanmean([np.nan, np.nan]))
show(lambda: np.nanmax([[np.nan, 1], [np.nan, 2]], axis=0))
show(lambda: np.nanmedian([np.nan]))
show(lambda: np.nanstd([np.nan]))
show(lambda: np.nanvar([1.0, np.nan], ddof=1))
