# checks: the legacy generator's other distributions, to nine digits
# known-difference: not all distributions are here
import numpy as np

np.random.seed(11)
print(np.round(np.random.exponential(2.0, 3), 9), np.round(np.random.standard_exponential(2), 9))
print(
    np.round(np.random.gamma(2.0, 3.0, 3), 9),
    np.round(np.random.gamma(0.5, 1.0, 2), 9),
    np.round(np.random.beta(2, 3, 2), 9),
)
print(
    np.random.poisson(3, 6), np.random.poisson(50, 4), np.random.binomial(10, 0.3, 6), np.random.binomial(100, 0.5, 4)
)
print(np.random.geometric(0.3, 4), np.round(np.random.chisquare(3, 2), 9), np.round(np.random.standard_t(5, 2), 9))
print(
    np.round(np.random.lognormal(0, 1, 2), 9),
    np.round(np.random.laplace(0, 1, 2), 9),
    np.round(np.random.logistic(0, 1, 2), 9),
)
print(
    np.round(np.random.weibull(1.5, 2), 9), np.round(np.random.pareto(3, 2), 9), np.round(np.random.rayleigh(1, 2), 9)
)
print(
    np.round(np.random.triangular(0, 1, 4, 2), 9),
    np.random.multinomial(20, [0.2, 0.3, 0.5]),
    np.round(np.random.gumbel(0, 1, 2), 9),
)
print(
    np.round(np.random.multivariate_normal([0, 0], [[1, 0], [0, 2]], 2).shape, 9),
    np.random.negative_binomial(3, 0.5, 4),
)
