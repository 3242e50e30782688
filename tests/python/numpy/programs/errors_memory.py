# checks: what is too large for any memory
# self-checking: how large an address is decides the words
import numpy as np


def told(action):
    try:
        action()
    except MemoryError as error:
        return str(error)
    except ValueError as error:
        return str(error)
    return "nothing"


for action in (
    lambda: np.repeat([1], 10**13),
    lambda: np.repeat([True, False], [10**13, 10**13]),
    lambda: np.repeat([1, 1], 2**61),
    lambda: np.fft.fft([1.0], n=10**13),
    lambda: np.fft.rfft([1.0], n=10**13),
    lambda: np.fft.irfft([1.0], n=10**13),
):
    said = told(action)
    assert said.startswith(("Unable to allocate ", "array is too big; ")), said
