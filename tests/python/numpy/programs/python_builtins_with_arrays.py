# checks: Python's own functions with arrays
# known-difference: the order of a set
import json
import math

import numpy as np

a = np.array([3, 1, 2])
print(sum(a), max(a), min(a), sorted(a), list(reversed(a)), len(a), any(a > 2), all(a), abs(-a), list(enumerate(a)))
print(
    math.sqrt(a[0] + 1), math.floor(np.float64(2.7)), round(np.float64(2.567), 1), int(a[0]), str(a[0]), f"{a[0]:03d}"
)
print(list(map(lambda x: x * 2, a)), [x for x in a if x > 1], dict(zip("abc", a.tolist())), tuple(a), set(a.tolist()))
print(
    a.tolist() == [3, 1, 2], " ".join(map(str, a)), isinstance(a[0], np.integer), list(range(a[1], a[0])), "ab" * a[2]
)
print(
    json.dumps(a.tolist()),
    math.isclose(np.float64(0.1) + 0.2, 0.3),
    divmod(np.int64(7), 2),
    pow(np.int64(2), 3),
    [0] * a[0],
)
for action in (
    lambda: json.dumps(a),
    lambda: math.sqrt(a),
    lambda: json.dumps({"x": np.int64(1)}),
    lambda: 1 if a else 0,
    lambda: "a" + a[0],
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
