# checks: astype between all dtypes
import numpy as np

values = {
    "bool": [True, False],
    "uint8": [0, 255],
    "int32": [-5, 70000],
    "int64": [-5, 2**40],
    "float32": [-1.5, 2.75],
    "float64": [-0.5, 1e10],
    "complex128": [1 + 0j, 0 - 3j],
}
for source, pair in values.items():
    a = np.array(pair, dtype=source)
    for target in ("bool", "int64", "float32", "float64"):
        if source == "complex128" and target != "bool":
            continue
        print(source, "->", target, a.astype(target))
print(np.array([1, 2]).astype(complex), np.array([0.1]).astype(np.float32).astype(np.float64))
for casting in ("no", "equiv", "safe", "same_kind"):
    try:
        print(np.array([1.5]).astype(np.int32, casting=casting))
    except TypeError as error:
        print(error)
