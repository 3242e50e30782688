"""Compares what of the lab's NumPy is written in Python with NumPy itself, on random arguments.

    python tests/python/numpy_layer.py [-v] [-sSEED] [part of an expression]

runs under a CPython that has NumPy. In the place of the native module `_numpy` stands one that has NumPy's own
functions under its names: so differences are those of the Python files in python/lib/numpy.
"""

import importlib.util
import pathlib
import random
import sys
import types
import warnings

import numpy as np
from numpy.fft import _pocketfft_umath as transforms

HERE = pathlib.Path(__file__).resolve()
PACKAGE = HERE.parents[2] / "python" / "lib" / "numpy"
ROUNDS = 60
NATIVE = """ndarray dtype float64 float32 int64 int32 uint8 bool complex128 generic number integer signedinteger
unsignedinteger inexact floating complexfloating array asarray empty zeros ones full arange concatenate stack
column_stack where nonzero broadcast_to broadcast_shapes shares_memory may_share_memory result_type promote_types
can_cast lexsort dot matmul vdot inner bincount fromiter frombuffer copyto putmask ufunc"""
DTYPES = {np.dtype(one) for one in ("?", "u1", "i4", "i8", "f4", "f8", "c16")}


def native():
    """NumPy under the names of `_numpy`."""
    module = types.ModuleType("_numpy")
    ufuncs = [name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)]
    skipped = ("vecdot", "matvec", "vecmat", "bitwise_count", "isnat")
    module.__all__ = NATIVE.split() + [name for name in ufuncs if name not in skipped] + ["unique1"]
    for name in module.__all__[:-1]:
        setattr(module, name, getattr(np, name))

    def unique1(*args):
        found = np.unique(*args[:4], equal_nan=args[4])
        return found if isinstance(found, tuple) else (found,)

    def transform(kernel, a, axis, n, length, factor, dtype):
        out = np.empty(a.shape[:axis] + (length,) + a.shape[axis + 1 :], dtype)
        return kernel(a, factor, axes=[(axis,), (), (axis,)], out=out)

    def fft(a, axis, n, inverse, factor):
        return transform(transforms.ifft if inverse else transforms.fft, a, axis, n, n, factor, complex)

    def rfft(a, axis, n, factor):
        kernel = transforms.rfft_n_odd if n % 2 else transforms.rfft_n_even
        return transform(kernel, a, axis, n, n // 2 + 1, factor, complex)

    def irfft(a, axis, n, factor):
        return transform(transforms.irfft, a, axis, n, n, factor, float)

    def array2string(a, options, separator, prefix):
        given = {name: options[name] for name in "threshold edgeitems sign floatmode formatter".split()}
        width, digits, suppress = options["linewidth"], options["precision"], options["suppress"]
        return np.array2string(a, width, digits, suppress, separator, prefix, **given)

    one = np.linalg
    vars(module).update(
        unique1=unique1, _errcall=None, _fft=fft, _rfft=rfft, _irfft=irfft, _array2string=array2string,
        _solve=one.solve,
        _inv=one.inv, _det=one.det, _slogdet=one.slogdet, _eigvals=one.eigvals, _eig=one.eig, _eigvalsh=one.eigvalsh,
        _eigh=one.eigh, _cholesky=one.cholesky, _svdvals=one.svdvals, _lstsq=one.lstsq, _svd=one.svd,
        _qr=lambda a, complete: one.qr(a, "complete" if complete else "reduced"),
        _printoptions=lambda to=None: np.get_printoptions() if to is None else np.set_printoptions(**to),
        _errstate=lambda to=None: np.geterr() if to is None else np.seterr(**to),
    )
    return module


def layer():
    """The lab's package under another name."""
    sys.modules["_numpy"], sys.modules["_numpy_random"] = native(), np.random
    spec = importlib.util.spec_from_file_location(
        "labnumpy", PACKAGE / "__init__.py", submodule_search_locations=[str(PACKAGE)]
    )
    module = sys.modules["labnumpy"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drawn(rng):
    """Arguments by their names in the expressions below."""

    def array(shape, kinds="f8 f8 f8 i8 i8 u1 i4 ? c16 f4"):
        dtype = rng.choice(kinds.split())
        a = np.array([rng.choice([rng.randint(-4, 4), rng.uniform(-3, 3)]) for _ in range(int(np.prod(shape)))])
        if dtype == "c16":
            a = a + 1j * np.array([rng.randint(-2, 2) for _ in a])
        a = abs(a) if dtype == "u1" else a
        return a.astype(dtype).reshape(shape)

    def holes(a):
        a = a.astype(float)
        a[np.array([rng.random() < 0.25 for _ in range(a.size)], bool).reshape(a.shape)] = np.nan
        return a

    def shape(least=0, most=3, shortest=0):
        return tuple(rng.randint(shortest if rng.random() < 0.3 else 1, 4) for _ in range(rng.randint(least, most)))

    any_shape, full = shape(), shape(1, 3, 1)
    n, m = rng.randint(1, 5), rng.randint(1, 4)
    a = array(any_shape)
    x = np.sort(np.array([rng.uniform(-3, 3) for _ in range(n + 1)]))
    real = "f8 f8 i8 f4 u1"
    around = shape(0, 1)
    return {
        "a": a, "b": array(any_shape), "c": array(rng.choice([(), any_shape[-1:], any_shape])),
        "g": array(full, real), "h": array(full, real), "full": full,
        "nans": holes(array(full, "f8")) if rng.random() < 0.8 else array(full, real),
        "u": array((rng.randint(0, 6),)), "v": array((n,), real), "w": array((m,), real),
        "x": x, "y": array((n + 1,), "f8 i8"), "p": array((n + 1,), "f8 i8"), "far": np.array(
            [rng.uniform(-5, 5) for _ in range(6)] + [x[0], x[-1], x[n // 2], np.nan]),
        "mat": array(around + (n, m), "f8 f8 i8 c16 f4"), "sq": array(around + (m, m), "f8 f8 i8 c16"),
        "left": array((n, m), "f8 i8 c16"), "right": array((m, n), "f8 i8"), "cube": array((m, n, m), "f8 i8"),
        "rhs": array(around + (m, rng.randint(1, 3)), "f8 i8 c16"), "tall": array((n + m, m), "f8"),
        "bool": array(any_shape, "?"), "mask": array(full, "?"),
        "three": array(rng.choice([(3,), (2, 3)]), "f8 i8 c16"),
        "ints": array((n,), "i8"), "ax": rng.randint(-3, 2), "ok": rng.randint(-len(full), len(full) - 1),
        "axes": rng.choice([None, rng.randint(-3, 2), (0, -1), (0,)]), "keep": rng.random() < 0.3,
        "k": rng.randint(-3, 3), "n": n, "m": m, "s": rng.choice([2, 0.5, -1, np.float64(1.5), 1j]),
        "yes": rng.random() < 0.5, "q": rng.choice([0.5, 0.25, 1, 0, np.float32(0.3), [0.1, 0.9], [[0.2], [0.75]]]),
        "method": rng.choice("linear lower higher nearest midpoint inverted_cdf averaged_inverted_cdf hazen weibull "
            "closest_observation interpolated_inverted_cdf median_unbiased normal_unbiased".split()),
        "mode": rng.choice(["full", "same", "valid"]), "pads": rng.choice([1, (2, 1), ((1, 2),) * len(full), 0, 5]),
        "norm": rng.choice([None, "ortho", "forward", "backward"]), "number": rng.choice([0.1, -1.5, 123456.789, 1e22,
            5e-9, 0.0, np.nan, -np.inf, 3.0, np.float32(0.1), rng.uniform(-1e3, 1e3)]), "digits": rng.randint(0, 6),
        "order": rng.choice([None, 1, 2, np.inf, -np.inf, 0, 3, -1, -2, "fro", "nuc", 0.5]), "big": np.arange(1200.0),
        "trim": rng.choice("k.0-"), "edge": rng.choice([1, 2]), "size": rng.choice([(2, 3), 5, (0,), ()]),
    }


EXPRESSIONS = (HERE.with_name("numpy_layer.txt")).read_text().splitlines()


def outcome(module, expression, arguments):
    copies = {name: one.copy() if isinstance(one, np.ndarray) else one for name, one in arguments.items()}
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            return eval(expression, {"np": module, **copies}), said
        except Exception as raised:
            return raised, said


def difference(ours, theirs, near):
    """What differs, in words, or None."""
    if isinstance(theirs, Exception) or isinstance(ours, Exception):
        pair = (ours, theirs)
        texts = [f"{type(one).__name__}: {one}" if isinstance(one, Exception) else "a value" for one in pair]
        texts[0] = texts[0].replace("labnumpy", "numpy")
        return None if texts[0] == texts[1] else f"{texts[0]!r} for {texts[1]!r}"
    if isinstance(theirs, (tuple, list)):
        if not isinstance(ours, type(theirs).__mro__[-2]) or len(ours) != len(theirs):
            return f"{ours!r} for {theirs!r}"
        return next((told for pair in zip(ours, theirs) if (told := difference(*pair, near))), None)
    if isinstance(theirs, (np.ndarray, np.generic)):
        if theirs.dtype not in DTYPES:
            return None
        if not isinstance(ours, type(theirs)) or ours.dtype != theirs.dtype or ours.shape != theirs.shape:
            return f"{ours!r} for {theirs!r}"
        if near:
            scale = np.abs(theirs[np.isfinite(theirs)]).max(initial=1.0) if theirs.size else 1.0
            tolerance = 1e-4 if theirs.dtype == np.float32 else 1e-9
            same = np.allclose(ours, theirs, tolerance, tolerance * scale, equal_nan=True)
        else:
            same = np.array_equal(ours, theirs, equal_nan=True)
        return None if same else f"{ours!r} for {theirs!r}"
    if type(ours) is not type(theirs) and not callable(theirs):
        return f"{ours!r} for {theirs!r}"
    same = ours == theirs or ours != ours and theirs != theirs or near and abs(ours - theirs) < 1e-9
    return None if same or callable(theirs) else f"{ours!r} for {theirs!r}"


def main(wanted):
    lab = layer()
    verbose, seed = "-v" in wanted, next((one[2:] for one in wanted if one.startswith("-s")), "")
    wanted = [one for one in wanted if not one.startswith("-")]
    compared, raised, wrong, functions = 0, 0, {}, set()
    for line in EXPRESSIONS:
        if not line.strip() or line.startswith("#") or wanted and not any(one in line for one in wanted):
            continue
        near, expression = line.startswith("~"), line.lstrip("~ ")
        functions.add(expression.partition("(")[0] if "np." in expression.partition("(")[0] else expression[:20])
        rng = random.Random(expression + seed)
        for _ in range(ROUNDS):
            arguments = drawn(rng)
            theirs, told = outcome(np, expression, arguments)
            ours, told_here = outcome(lab, expression, arguments)
            compared += 1
            raised += isinstance(theirs, Exception)
            said = difference(ours, theirs, near)
            if said is None and [str(one.message) for one in told] != [str(one.message) for one in told_here]:
                said = f"warns {[str(one.message) for one in told_here]} for {[str(one.message) for one in told]}"
            if said is not None:
                wrong.setdefault(expression, []).append((said, arguments))
    for expression, cases in wrong.items():
        print(f"{expression}: {len(cases)} of {ROUNDS}")
        for said, arguments in cases[: 3 if verbose else 1]:
            print("   ", said[:600])
            if verbose:
                print("   ", {name: one for name, one in arguments.items() if f"{name}" in expression})
    print(f"{len(functions)} functions, {compared} results compared, {raised} of them exceptions; {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
