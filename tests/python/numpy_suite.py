"""Runs NumPy's own tests of what the lab's module has, without pytest.

    python3.13 numpy_suite.py PROGRAM …           `PROGRAM … script.py`, such as the interpreter's own binary
    … --modules _core.tests.test_indexing …       some of those below, or others
    … --their-testing                             with NumPy's numpy.testing instead of the interpreter's
    … --slow                                      those too that NumPy marks as slow
    … --quiet                                     counts, and how often each reason came, without the single tests

The tests are those of the NumPy that the Python has which runs this. Each module is put, with a stand-in for pytest and
a runner (suite/), into one script. What a module asks for at its head and the interpreter has not is replaced by
something that skips the tests that use it; what can't be made at all is listed. Tests that end the interpreter, or
never end, fail, and those behind them run in a new one. A name that the interpreter's NumPy has not skips the tests
that use it: how many, the reasons at the end tell. Why tests can't pass stands in suite/numpy_reasons.txt.
"""

import argparse
import fnmatch
import importlib.util
import os
import re
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIMIT_S = 200
REASONS = 25

MODULES = {
    "_core": ("test_indexing", "test_indexerrors", "test_numeric", "test_multiarray", "test_umath", "test_ufunc",
              "test_shape_base", "test_function_base", "test_einsum", "test_arrayprint", "test_scalarmath",
              "test_scalar_methods", "test_scalarprint", "test_nep50_promotions", "test_errstate",
              "test_item_selection",
              "test_getlimits", "test_numerictypes", "test_umath_complex", "test_array_coercion", "test_mem_overlap",
              "test_casting_floatingpoint_errors", "test_print"),
    "lib": ("test_function_base", "test_nanfunctions", "test_arraysetops", "test_histograms", "test_shape_base",
            "test_twodim_base", "test_index_tricks", "test_type_check", "test_stride_tricks", "test_arraypad",
            "test_polynomial", "test_ufunclike"),
    "linalg": ("test_linalg",),
    "fft": ("test_pocketfft", "test_helper"),
    "random": ("test_random", "test_randomstate", "test_generator_mt19937", "test_seed_sequence", "test_smoke"),
    "testing": ("test_utils",),
}  # fmt: skip


def numpy_folder():
    if importlib.util.find_spec("numpy.linalg") is None:  # not `numpy`: a folder here has that name
        sys.exit(f"{sys.executable} has no NumPy whose tests could be run: see numpy/requirements.txt")
    return Path(importlib.util.find_spec("numpy").origin).parent


def sources(folder, their_testing):
    found = {"pytest": (HERE / "suite" / "pytest_stand_in.py").read_text(encoding="utf-8")}
    if their_testing:
        text = (folder / "testing" / "_private" / "utils.py").read_text(encoding="utf-8")
        found |= {"numpy.testing": text, "numpy.testing._private": "", "numpy.testing._private.utils": text}
    return found


def script(everything, module, text, slow, first):
    given = {"SOURCES": everything, "MODULE": f"numpy.{module}", "TEXT": text, "SLOW": slow, "FIRST": first}
    head = "".join(f"{name} = {value!r}\n" for name, value in given.items())
    return head + (HERE / "suite" / "numpy_run.py").read_text(encoding="utf-8")


def run(command, text):
    """The lines that our runner has printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suite.py"
        path.write_text(text, encoding="utf-8")
        process = subprocess.Popen(
            [*command, path],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
            return [*output.splitlines(), f"FAIL no end within {LIMIT_S} s for what is left of the module"], errors
        return output.splitlines(), errors


def run_module(command, everything, module, text, slow):
    """What became of each test: its name, PASS, SKIP or FAIL, and why; and what could not be made."""
    results, refused = [], []
    while True:
        lines, errors = run(command, script(everything, module, text, slow, len(results)))
        refused += [line.removeprefix("NOT MADE ") for line in lines if line.startswith("NOT MADE ")]
        before, name = len(results), None
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "START":
                name = rest
            elif word in ("PASS", "SKIP", "FAIL") and name is not None:
                results.append((name, word, rest))
                name = None
        if lines[-1:] == ["END"]:
            return results, refused
        if name is not None:
            results.append((name, "FAIL", "the interpreter has ended"))
        elif len(results) == before:
            return results, [
                *refused,
                f"the module: {' '.join(errors.splitlines()[-1:]) or 'the interpreter has ended'}",
            ]


def named_characters(text):
    """The text with characters instead of their names, which the interpreter does not know."""
    return re.sub(r"\\N\{([\w ]+)\}", lambda name: ascii(unicodedata.lookup(name[1]))[1:-1], text)


def known_reasons():
    """Patterns of `module.test: what it says`, and why such tests can't pass."""
    lines = (HERE / "suite" / "numpy_reasons.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" => ", 1) for line in lines if line and not line.startswith("#")]


def reason_of(known, said):
    return next((reason for pattern, reason in known if fnmatch.fnmatchcase(said, pattern)), None)


def general(reason):
    """The reason without what differs from test to test."""
    return re.sub(r"\d+", "N", reason)[:100]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", nargs="+")
    parser.add_argument("--modules", nargs="*")
    parser.add_argument("--their-testing", action="store_true")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    arguments = parser.parse_args()
    folder = numpy_folder()
    everything = sources(folder, arguments.their_testing)
    total, reasons, known = Counter(), Counter(), known_reasons()
    for module in arguments.modules or [f"{part}.tests.{name}" for part, names in MODULES.items() for name in names]:
        text = named_characters((folder / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
        results, refused = run_module(arguments.command, everything, module, text, arguments.slow)
        counts = Counter(outcome for _, outcome, _ in results)
        total += counts
        total["NOT MADE"] += len(refused)
        print(f"{module}: {counts['PASS']} of {len(results)} pass, {counts['FAIL']} fail, {counts['SKIP']} skipped")
        for line in refused:
            print(f"    NOT MADE {line}")
        for name, outcome, why in results:
            reason = reason_of(known, f"{module}.{name}: {why}") if outcome == "FAIL" else None
            total["EXPLAINED"] += reason is not None
            if outcome != "PASS":
                reasons[f"{outcome} {reason or general(why)}"] += 1
            if outcome == "FAIL" and not arguments.quiet:
                print(f"    FAIL {name}: {why}{f' ({reason})' if reason else ''}")
        sys.stdout.flush()
    failed = f"{total['FAIL']} fail, of them {total['EXPLAINED']} with a reason"
    print(f"{total['PASS']} pass, {failed}, {total['SKIP']} skipped, {total['NOT MADE']} can't be made")
    for reason, times in reasons.most_common(REASONS):
        print(f"{times:6} {reason}")


main()
