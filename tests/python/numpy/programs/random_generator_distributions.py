# checks: default_rng's other distributions, to nine digits
# known-difference: not all distributions are here
import numpy as np

rng = np.random.default_rng(17)
for name, arguments in (
    ("gamma", (2.0, 3.0)),
    ("standard_gamma", (0.5,)),
    ("beta", (2, 3)),
    ("chisquare", (3,)),
    ("standard_t", (5,)),
    ("f", (3, 7)),
    ("lognormal", (0, 1)),
    ("laplace", (0, 1)),
    ("logistic", (0, 1)),
    ("gumbel", (0, 1)),
    ("weibull", (1.5,)),
    ("pareto", (3,)),
    ("power", (2,)),
    ("rayleigh", (1,)),
    ("triangular", (0, 1, 4)),
    ("wald", (1, 2)),
    ("vonmises", (0, 2)),
    ("standard_cauchy", ()),
    ("poisson", (3,)),
    ("poisson", (60,)),
    ("binomial", (10, 0.3)),
    ("binomial", (200, 0.5)),
    ("geometric", (0.3,)),
    ("negative_binomial", (3, 0.5)),
    ("hypergeometric", (5, 7, 6)),
    ("zipf", (2.5,)),
    ("logseries", (0.6,)),
):
    print(name, np.round(getattr(rng, name)(*arguments, size=4), 9))
print(
    rng.multinomial(20, [0.2, 0.3, 0.5]),
    np.round(rng.dirichlet([1, 2, 3]), 9),
    rng.multivariate_hypergeometric([3, 5], 4),
)
