# checks: sorting many random values with every kind
import hashlib

import numpy as np

rng = np.random.default_rng(3)
for name in ("int64", "int32", "uint8", "float64", "float32"):
    a = (rng.random(5000) * 1000 - 200).astype("int64").astype(name) if name != "float64" else rng.random(5000)
    results = {np.sort(a, kind=kind).tobytes() for kind in ("quicksort", "mergesort", "heapsort", "stable")}
    stable = np.argsort(a, kind="stable")
    digest = hashlib.sha256(next(iter(results)) + stable.astype(np.int64).tobytes()).hexdigest()
    print(name, len(results), bool(np.all(np.diff(a[stable].astype(float)) >= 0)), digest[:16])
