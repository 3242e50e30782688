# checks: median, percentile, quantile
import numpy as np

a = np.array([[10, 7, 4], [3, 2, 1]])
print(
    np.median(a), np.median(a, axis=0), np.median(a, axis=1, keepdims=True), np.median([1, 2, np.nan]), np.median([5])
)
print(
    np.percentile(a, 50),
    np.percentile(a, [25, 75]),
    np.percentile(a, 50, axis=0),
    np.quantile(a, 0.9),
    np.quantile(a, [0, 1], axis=1),
)
for method in (
    "linear",
    "lower",
    "higher",
    "nearest",
    "midpoint",
    "inverted_cdf",
    "hazen",
    "weibull",
    "median_unbiased",
):
    print(method, np.round(np.percentile([1, 2, 3, 4, 10], [30, 90], method=method), 9))
for q in (101, -1):
    try:
        np.percentile(a, q)
    except ValueError as error:
        print(error)
try:
    np.quantile(a, 1.5)
except ValueError as error:
    print(error)
try:
    np.percentile(a, 5, method="wrong")
except ValueError as error:
    print(str(error)[:40])
