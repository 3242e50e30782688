# checks: what NumPy has and the lab's has not says so
# self-checking: NumPy has them
import numpy as np


def told(action):
    try:
        action()
    except (AttributeError, ImportError, NotImplementedError) as error:
        return str(error)
    return "nothing"


rng, state = np.random.default_rng(0), np.random.RandomState(0)
a = np.arange(3)
for thing, names in (
    (np, "fromstring save loadtxt"),
    (np.random, "laplace dirichlet zipf"),
    (rng, "laplace multivariate_hypergeometric"),
    (state, "weibull tomaxint"),
    (a, "resize tofile data dump dumps ctypes device byteswap getfield setfield"),
    (np.float64(1), "tofile data"),
    (a.dtype, "descr subdtype base"),
):
    for name in names.split():
        said = told(lambda: getattr(thing, name))
        assert "is not in the lab's NumPy" in said and "docs/python.md" in said, said
        assert not hasattr(thing, name)
for name in "ma typing polynomial".split():
    said = told(lambda: __import__(f"numpy.{name}"))
    assert "the lab's NumPy has no such part" in said, said
said = told(lambda: np.ndarray((2,), buffer=bytearray(16)))
assert "own their memory" in said, said
