# checks: in-place operators keep the dtype, or refuse
# known-difference: there is no complex64, and a @= b is a matter of its own
import numpy as np

a = np.array([1, 2, 3])
a += 2
a *= 3
a //= 2
a **= 2
a -= np.array([True, False, True])
print(a, a.dtype)


def show(action):
    try:
        exec(action, {"a": a, "np": np, "f": np.ones(3, np.float32), "b": np.ones(3, bool), "u": np.ones(3, np.uint8)})
    except Exception as error:
        print(type(error).__name__, error)


for action in (
    "a += 0.5",
    "a /= 2",
    "a += 1j",
    "f += 1j",
    "f += np.ones(3); print(f.dtype)",
    "b += 1",
    "b -= b",
    "u -= 2; print(u)",
    "u += np.ones(3, int)",
    "b |= True; print(b)",
    "a @= a",
    "a <<= 1; print(a)",
):
    show(action)
