"""Random numbers. All from `_numpy_random`: NumPy's streams, bit for bit."""

import _numpy_random as _native

_NAMES = (
    "BitGenerator Generator MT19937 PCG64 RandomState SeedSequence beta binomial bytes chisquare choice default_rng "
    "dirichlet exponential f gamma geometric get_state gumbel hypergeometric laplace logistic lognormal logseries "
    "multinomial multivariate_normal negative_binomial normal pareto permutation poisson power rand randint randn "
    "random random_integers random_sample ranf rayleigh sample seed set_state shuffle standard_cauchy "
    "standard_exponential standard_gamma standard_normal standard_t triangular uniform vonmises wald weibull zipf"
).split()

__all__ = [name for name in _NAMES if hasattr(_native, name)]
globals().update({name: getattr(_native, name) for name in __all__})


def __getattr__(name):
    from ._missing import error

    raise error(__name__, name, __all__)
