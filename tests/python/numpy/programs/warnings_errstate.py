# checks: errstate, seterr, geterr, seterrcall
import numpy as np

a = np.array([1.0, 0.0])
print(np.geterr())
with np.errstate(divide="ignore", invalid="ignore"):
    print(a / 0)
with np.errstate(all="raise"):
    for action in (
        lambda: a / 0,
        lambda: np.sqrt(-a),
        lambda: a * 1e308 * 1e10,
        lambda: np.float64(1) / 0,
        lambda: np.int64(2**62) * 4,
    ):
        try:
            print(action())
        except FloatingPointError as error:
            print(error)
old = np.seterr(divide="call")
print(old, np.geterr()["divide"])
np.seterrcall(lambda kind, flag: print("called:", kind, flag))
print(1 / a)
with np.errstate(divide="print"):
    print(1 / a)
np.seterr(**old)
print(np.geterr() == old)


@np.errstate(divide="ignore")
def inverse(x):
    return 1 / x


print(inverse(a))
try:
    np.seterr(divide="explode")
except ValueError as error:
    print(error)
