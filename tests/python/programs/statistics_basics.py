# checks: statistics
import statistics
from fractions import Fraction

data = [2.5, 3.25, 5.5, 11.25, 11.75]
print(statistics.mean(data), statistics.median(data), statistics.stdev(data), statistics.pvariance(data))
print(statistics.fmean(data), statistics.mode("aabbb"), statistics.quantiles(data, n=4), statistics.mean([1, 2, 4]))
print(statistics.mean([Fraction(1, 2), Fraction(1, 3)]), statistics.correlation([1, 2, 3], [2, 4, 7]))
try:
    statistics.mean([])
except statistics.StatisticsError as error:
    print(error)
