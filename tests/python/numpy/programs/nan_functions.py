# checks: nansum, nanmean, nanstd, nanmax and the other functions that ignore nan
import numpy as np

a = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, 8.0], [4.0, 5.0, 6.0]])
for function in (np.nansum, np.nanprod, np.nanmean, np.nanstd, np.nanvar, np.nanmin, np.nanmax, np.nanmedian):
    print(function.__name__, function(a), function(a, axis=1), function(a, axis=1, keepdims=True).shape)
print(np.nanargmin(a, axis=1), np.nanargmax(a), np.nancumsum(a, axis=0), np.nancumprod([2, np.nan, 3]))
print(np.nanpercentile(a, 50), np.nanquantile(a, [0.25, 0.75]), np.nanmean([1, 2]), np.nansum([]), np.nanstd(a, ddof=1))
print(
    np.nan_to_num([np.nan, np.inf, -np.inf, 2]),
    np.nan_to_num(a, nan=-1.0),
    np.sum(a),
    np.mean(a[2]),
    np.nanmax([np.nan, -np.inf]),
)
try:
    np.nanargmin([np.nan])
except ValueError as error:
    print(error)
