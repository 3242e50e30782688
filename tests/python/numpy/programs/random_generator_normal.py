# checks: default_rng's normal and exponential numbers
# known-difference: not all distributions are here
import numpy as np

rng = np.random.default_rng(0)
print([x.hex() for x in rng.standard_normal(4).tolist()], rng.normal(10, 2, 3), rng.normal(size=(2, 2)), rng.normal())
print(
    rng.standard_normal(3, dtype=np.float32),
    rng.standard_exponential(3),
    rng.exponential(2.0, 2),
    rng.normal([0, 100], [1, 1]),
)
print(rng.standard_exponential(2, method="inv").round(9), rng.standard_exponential(2, dtype=np.float32))
print(np.round(rng.multivariate_normal([0, 0], np.eye(2), size=2).shape, 9))
for wrong in (lambda: rng.normal(0, -1), lambda: rng.exponential(-1), lambda: rng.standard_normal(2, dtype=int)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
