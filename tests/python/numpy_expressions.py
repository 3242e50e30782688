"""Random expressions of NumPy, in CPython with NumPy and in another interpreter: the same values to the last bit?

    python3.13 numpy_expressions.py [--seed N] [--count N] PROGRAM …

The Python that runs this has to have NumPy; `PROGRAM … script.py` is the interpreter that is compared with it. For each
expression a script prints type, dtype, shape and values, or the error. Those that differ are made as small as they can
be while they still differ, and shown. Only such operations are used whose bits IEEE arithmetic and NumPy's order fix. What
differs for a reason (`known_difference`) is counted, not shown.
"""

import argparse
import importlib.util
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

LIMIT_S = 120
SHOWN = 5
AT_ONCE = 500

PRELUDE = '''
import warnings

import numpy as np

warnings.simplefilter("ignore")
SPECIAL = [float("nan"), float("inf"), -float("inf"), -0.0]


def leaf(dtype, shape, k):
    """Values that look arbitrary."""
    size = 1
    for length in shape:
        size *= length
    numbers = [(i + 1) * k % 101 - 50 for i in range(size)]
    if dtype == "bool":
        numbers = [number % 3 == 0 for number in numbers]
    elif dtype == "uint8":
        numbers = [number % 256 for number in numbers]
    elif dtype.startswith("float"):
        numbers = [SPECIAL[i % 4] if k % 5 == 0 and i % 3 == 1 else number / 7 for i, number in enumerate(numbers)]
    elif dtype == "complex128":
        numbers = [complex(number, i % 5 - 2) / 4 for i, number in enumerate(numbers)]
    return np.array(numbers, dtype=dtype).reshape(shape)


def after(statement, a, b):
    """What a statement makes of a."""
    exec(statement, {"np": np, "a": a, "b": b})
    return a


def shown(value):
    if isinstance(value, tuple):
        return " & ".join(map(shown, value))
    a = np.asarray(value)
    text = repr(a.tolist())
    if len(text) > 100:
        hashed = 0xCBF29CE484222325
        for byte in text.encode():
            hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
        text = f"{text[:60]}... {hashed:016x}"
    return f"{type(value).__name__} {a.dtype} {a.shape} {text}"


for number, text in enumerate(EXPRESSIONS):
    try:
        with np.errstate(all="ignore"):
            line = shown(eval(text))
    except Exception as error:
        line = f"{type(error).__name__}: {error}"
    print("RESULT", number, repr(line), flush=True)
'''

DTYPES = ("bool", "int64", "int32", "uint8", "float64", "float32", "complex128")
SHAPES = ((), (0,), (1,), (3,), (4,), (9,), (130,), (2, 3), (3, 1), (1, 4), (3, 4), (17, 19), (0, 3), (2, 0), (2, 3, 4),
          (2, 1, 3), (5, 4, 9), (1000,), (3, 300))  # fmt: skip
NUMBERS = (
    "2", "-1", "300", "2.5", "0.1", "True", "1j", "np.float32(1.5)", "np.int64(3)", "np.uint8(200)", "np.int32(-7)",
    "np.float64(0.1)", "np.bool(True)",
)  # fmt: skip
# Extremes of equal zeros, and sorting them, may give either zero: `+ 0` makes one of them.
UNARY = (
    "-{0}", "~{0}", "abs({0}.real)", "np.square({0})", "np.sqrt(abs({0}.real))", "np.sign({0})", "np.floor({0})",
    "np.ceil({0})", "np.rint({0})", "np.trunc({0})", "{0}.T", "{0}.ravel()", "{0}[::-1]", "{0}[1:]", "{0}[..., ::2]",
    "{0}[:, 1:]", "{0}[None]", "{0}[-1]", "{0}[[0, -1, 0]]", "{0}[:, [1, 0]]", "{0}[{0} > 0]", "{0}.cumsum()",
    "np.cumsum({0}, axis=-1)", "np.sort({0}) + 0", "np.argsort({0}, kind='stable')", "np.unique({0}) + 0",
    "np.nonzero({0})", "np.flip({0}, -1)", "np.roll({0}, 1)", "np.diff({0})", "np.round({0}, 1)", "np.isnan({0})",
    "np.isfinite({0})", "np.repeat({0}, 2, axis=0)", "np.tile({0}, 2)", "np.tril({0})", "np.nan_to_num({0})",
    "{0}.copy().reshape(-1)", "{0}.reshape(2, -1)", "{0}.real", "{0}.imag", "np.conj({0})", "{0}.swapaxes(0, 1)",
    "np.logical_not({0})", "np.zeros_like({0})", "np.add.accumulate({0})", "np.squeeze({0})", "np.atleast_2d({0})",
    "{0}.flatten('F')", "np.where({0})", "np.diagonal({0})", "np.nansum({0})", "np.nanmax({0}) + 0",
    "np.median({0}) + 0", "{0}.tolist()", "np.ptp({0}) + 0", "np.expand_dims({0}, 1)", "np.cumprod({0}.real)",
    "np.moveaxis({0}, 0, -1)", "np.count_nonzero({0})", "{0} ** 2", "np.trace({0})",
)  # fmt: skip
BINARY = (
    "{0} + {1}", "{0} - {1}", "{0} * {1}", "{0}.real / {1}.real", "{0} // {1}", "{0} % {1}", "{0} & {1}", "{0} | {1}",
    "{0} ^ {1}", "{0} < {1}", "{0} <= {1}", "{0} == {1}", "{0} != {1}", "{0} >= {1}", "np.minimum({0}, {1}) + 0",
    "np.maximum({0}, {1}) + 0", "np.logical_and({0}, {1})", "np.logical_xor({0}, {1})", "np.where({0} > 0, {0}, {1})",
    "np.where({0}, {1}, 2)", "np.concatenate([{0}, {1}])", "np.concatenate([{0}, {1}], axis=-1)",
    "np.stack([{0}, {1}])", "np.multiply.outer({0}, {1})", "np.fmax({0}, {1}) + 0", "np.array_equal({0}, {1})",
    "np.isin({0}, {1})", "np.broadcast_arrays({0}, {1})[0]", "np.clip({0}, {1}, 5) + 0",
    "np.searchsorted(np.sort({0}.ravel()), {1})", "np.copysign({0}, {1})", "np.divmod({0}, {1})",
    "np.select([{0} > 1, {1} > 1], [{0}, {1}])", "np.vstack([{0}, {1}])", "np.append({0}, {1})",
    "np.subtract({0}, {1}, dtype=float)", "np.union1d({0}, {1}) + 0", "np.hypot({0}.real, 0 * {1}.real) + 0",
    "np.add({0}, {1}, where={0} > 0, out=np.zeros(({0} + {1}).shape))",
)  # fmt: skip
STATEMENTS = (
    "a += b", "a -= b", "a *= b", "a //= b", "a &= b", "a[1:] += a[:-1]", "a[:] = a[::-1]", "a[::2] = b",
    "a[a > 0] = b", "a[..., 0] -= b", "a[[0, 0]] += 1", "a[[0, -1]] = b", "a.T[0] = b", "a[a > 1] *= 2",
    "np.add(a, b, out=a)", "a[-1] = a[0]", "a.sort()", "a[...] = b", "a.ravel()[0] = 7", "a[:, ::-1] += b",
    "np.add.at(a, [0, 0], 1)", "a.fill(b)", "row = a[0]; row += 1", "a.flat[1] = 9",
    "np.maximum(a, b, out=a); a += 0", "a[None] += b", "a[b > 0] = 3", "np.putmask(a, b > 0, [1, 2])", "a **= 2",
)  # fmt: skip
REDUCTIONS = ("sum", "prod", "mean", "std", "var", "min", "max", "any", "all", "argmin", "argmax", "cumsum")


# What the lab has in the place of NumPy's types (docs/python.md).
INSTEAD = {"uint64": "int64", "int8": "uint8", "complex64": "complex128"}


def known_difference(text, wanted, got):
    """Why an expression differs; None where that is a fault."""
    if "float16" in wanted and "float32" in got:
        return "float16 is float32"
    if re.sub(r"\b(uint64|int8|complex64)\b", lambda name: INSTEAD[name[0]], wanted) == got:
        return "uint64 is int64, int8 is uint8, complex64 is complex128"
    if "a.fill(b)" in text and "only 0-dimensional arrays can be converted" in wanted and "with a sequence" in got:
        return "other words where a sequence is to be a complex element"
    if re.search(r"a\[.* > 0\]", text) and "boolean index did not match" in got and "size of axis is 1 " in got:
        return "NumPy takes an empty mask of a single element, too"
    if "broadcast" in text and "read-only" in got:
        return "what was stretched is read-only, of which NumPy only warns as yet"
    return None


class Expression:
    """A text with places for others."""

    def __init__(self, template, *parts):
        self.template, self.parts = template, parts

    def text(self):
        return self.template.format(*(part.text() for part in self.parts)) if self.parts else self.template

    def smaller(self):
        """Expressions that are this one with something taken away."""
        yield from self.parts
        for at, part in enumerate(self.parts):
            for less in part.smaller():
                yield Expression(self.template, *self.parts[:at], less, *self.parts[at + 1 :])
        if not self.parts and self.template.startswith("leaf("):
            dtype = self.template.split("'")[1]
            for shape in ((), (1,), (3,), (2, 3)):
                if (less := f"leaf('{dtype}', {shape}, 3)") != self.template:
                    yield Expression(less)


class Generator:
    """Makes expressions by chance, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def expression(self):
        self.shape = self.random.choice(SHAPES)
        return self.tree(self.random.randint(1, 4))

    def tree(self, depth):
        if depth == 0:
            return self.leaf()
        kind = self.random.random()
        if kind < 0.3:
            return Expression(f"({self.random.choice(UNARY)})", self.tree(depth - 1))
        if kind < 0.6:
            second = self.number() if self.random.random() < 0.25 else self.tree(self.random.randrange(depth))
            return Expression(f"({self.random.choice(BINARY)})", self.tree(depth - 1), second)
        if kind < 0.75:
            return self.reduction(depth)
        if kind < 0.9:
            statement = f'after("{self.random.choice(STATEMENTS)}", {{0}}, {{1}})'
            second = self.number() if self.random.random() < 0.3 else self.tree(self.random.randrange(depth))
            return Expression(statement, self.tree(depth - 1), second)
        return self.cast(depth)

    def leaf(self):
        shape = self.shape
        if self.random.random() < 0.15:
            shape = self.random.choice(SHAPES)
        elif self.random.random() < 0.4:  # one that broadcasts to it
            shape = tuple(1 if self.random.random() < 0.3 else length for length in shape)
            shape = shape[self.random.randint(0, len(shape)) :]
        return Expression(f"leaf('{self.random.choice(DTYPES)}', {shape}, {self.random.randint(3, 97)})")

    def number(self):
        return Expression(f"np.asarray({self.random.choice(NUMBERS)})" if self.random.random() < 0.3 else
                          f"({self.random.choice(NUMBERS)})")  # fmt: skip

    def reduction(self, depth):
        name = self.random.choice(REDUCTIONS)
        options = [f"axis={self.random.choice(('None', '0', '0', '1', '-1', '(0, 1)', '2', '()'))}"]
        if name != "cumsum" and self.random.random() < 0.3:
            options.append("keepdims=True")
        if name in ("sum", "prod", "mean", "cumsum") and self.random.random() < 0.2:
            options.append(f"dtype={self.random.choice(('float', 'np.float32'))}")
        if name in ("std", "var") and self.random.random() < 0.4:
            options.append("ddof=1")
        zero = " + 0" if name in ("min", "max") else ""
        # Products of complex numbers may be fused or not; so may those of their conjugates.
        real = ".real" if name in ("prod", "std", "var") else ""
        return Expression(f"(np.{name}({{0}}{real}, {', '.join(options)}){zero})", self.tree(depth - 1))

    def cast(self, depth):
        dtype = self.random.choice(DTYPES)
        if dtype in ("int64", "int32", "uint8"):  # others have no value that all machines agree on
            template = f"np.clip(np.nan_to_num({{0}}.real), 0, 200).astype('{dtype}')"
        else:
            template = f"{{0}}.real.astype('{dtype}')"
        return Expression(template, self.tree(depth - 1))


def run(command, texts, environment):
    """What each expression gives; those behind one that ends the interpreter in a new one."""
    results = []
    while len(results) < len(texts):
        part = texts[len(results) : len(results) + AT_ONCE]
        said = run_script(command, f"EXPRESSIONS = {part!r}\n{PRELUDE}", environment)
        results += said
        if len(said) < len(part):
            results.append("the interpreter has ended, or took too long")
    return results


def run_script(command, script, environment):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "expressions.py"
        path.write_text(script, encoding="utf-8")
        try:
            done = subprocess.run([*command, path], env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, errors="replace", timeout=LIMIT_S)  # fmt: skip
            output, errors = done.stdout, done.stderr
        except subprocess.TimeoutExpired as late:
            output, errors = (late.stdout or b"").decode(errors="replace"), ""
    lines = [line.split(" ", 2)[2] for line in output.splitlines() if line.startswith("RESULT ")]
    if not lines and errors:
        sys.exit(f"{command[0]}: the script does not even begin\n{errors}")
    return lines


class Comparison:
    """The reference and the other interpreter."""

    def __init__(self, command):
        self.command = command
        # Without the instructions that round twice as one: what every machine has.
        plain = platform.machine() in ("x86_64", "AMD64")
        self.settings = {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"} if plain else {}

    def differences(self, expressions):
        """Those that differ: expression, what is expected, what came."""
        texts = [expression.text() for expression in expressions]
        wanted, got = run([sys.executable], texts, self.settings), run(self.command, texts, {})
        return [it for it in zip(expressions, wanted, got) if it[1] != it[2]]

    def smallest(self, found):
        """The smallest expression within this one that still differs."""
        while True:
            smaller = list({it.text(): it for it in found[0].smaller()}.values())
            still = [it for it in self.differences(smaller) if len(it[0].text()) < len(found[0].text())]
            if not still:
                return found
            found = min(still, key=lambda it: len(it[0].text()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", type=int, default=SHOWN, help="how many differences are made small and shown")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("which interpreter?")
    if importlib.util.find_spec("numpy.linalg") is None:  # not `numpy`: a folder here has that name
        sys.exit(f"{sys.executable} has no NumPy to compare with: see numpy/requirements.txt")
    generator = Generator(arguments.seed)
    expressions = [generator.expression() for _ in range(arguments.count)]
    comparison = Comparison(arguments.command)
    different = comparison.differences(expressions)
    shown, known, faults = set(), Counter(), 0
    for found in different:
        reason = known_difference(found[0].text(), *found[1:])
        if reason is None and len(shown) < arguments.show:
            found = comparison.smallest(found)
            reason = known_difference(found[0].text(), *found[1:])
        if reason is not None:
            known[reason] += 1
            continue
        faults += 1
        expression, wanted, got = found
        if len(shown) < arguments.show and expression.text() not in shown:
            shown.add(expression.text())
            print(f"{expression.text()}\n    expected {wanted}\n    got      {got}")
    for reason, times in known.most_common():
        print(f"{times:4} differ because {reason}")
    print(f"{faults} of {len(expressions)} expressions differ without a reason (seed {arguments.seed})")
    sys.exit(1 if faults else 0)


main()
