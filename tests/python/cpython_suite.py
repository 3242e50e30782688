"""Runs CPython's own tests of what this is about in our interpreter, as far as that can be done.

    python3.13 cpython_suite.py stand-in      python/lib on the stand-in (stand_in/)
    python3.13 cpython_suite.py PROGRAM …     `PROGRAM … script.py`, such as the interpreter's own binary
    … --suite NAME                            one of those below; else all of them
    … --only WORD                             classes whose name contains WORD

The tests are those of the Python that runs this, or, if it has none, are downloaded for its version. They are put,
with our runner (suite/), into one script, since a browser tab has no files to import from; nothing of them stays.
Why some can't pass stands in suite/reasons.txt.
Left out are the start methods fork and forkserver, and signals, which a browser has not.
"""

import argparse
import fnmatch
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
LIBRARY = HERE.parent.parent / "python" / "lib"
PLACE = "https://raw.githubusercontent.com/python/cpython/v{version}/Lib/{path}"
LIMIT_S = 90


class Suite(NamedTuple):
    """Some of CPython's modules of tests, those that they import, and what of them asks for what a browser has not."""

    tests: tuple
    imported: tuple = ()
    left_out: tuple = ()


def within(package, *names):
    return tuple(f"{package}.{name}" for name in names)


SUITES = {
    "concurrent_futures": Suite(
        within("test.test_concurrent_futures", "test_as_completed", "test_deadlock", "test_future", "test_init",
               "test_process_pool", "test_shutdown", "test_thread_pool", "test_wait"),
        within("test.test_concurrent_futures", "util", "executor"),
        ("ProcessPoolFork", "ProcessPoolForkserver", "FailingInitializerResources"),
    ),
    "queue": Suite(("test.test_queue",)),
    "threading": Suite(("test.test_threading",), ("test.lock_tests",), ("InterruptMain",)),
    "multiprocessing": Suite(
        within("test.test_multiprocessing_spawn", "test_processes", "test_threads", "test_manager", "test_misc"),
        ("test._test_multiprocessing",),
    ),
}  # fmt: skip
# Their modules that stand for more than themselves.
PACKAGES = ("test", "test.test_concurrent_futures", "test.test_multiprocessing_spawn")
# What the tests use and the lab's library has not.
OTHERS = ("unittest.mock",)


def source(path):
    """A file of CPython's library."""
    local = Path(sysconfig.get_path("stdlib")) / path
    if local.is_file():
        return local.read_text(encoding="utf-8")
    version = "{}.{}.{}".format(*sys.version_info)
    with urllib.request.urlopen(PLACE.format(version=version, path=path)) as answer:
        return answer.read().decode("utf-8")


def sources(suite):
    """Name, text and whether it is a package."""
    found = {name: ("", True) for name in PACKAGES}
    found["test.support"] = ((HERE / "suite" / "support.py").read_text(encoding="utf-8"), True)
    for name in suite.tests + suite.imported + OTHERS:
        found[name] = (source(f"{name.replace('.', '/')}.py"), False)
    return found


def bundle(suite, everything, test_class):
    """One script that runs tests of one class, or, without one, lists them."""
    head = f"SOURCES = {everything!r}\nMODULES = {suite.tests!r}\nCLASS = {test_class!r}\n"
    return head + (HERE / "suite" / "run.py").read_text(encoding="utf-8")


def run(command, environment, script):
    """The lines that our runner has printed; the last one is TIMEOUT if it took too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suite.py"
        path.write_text(script, encoding="utf-8")
        process = subprocess.Popen([*command, path], env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                                   start_new_session=True)  # fmt: skip
        try:
            output, errors = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
            return [*output.splitlines(), "TIMEOUT"], errors
        return output.splitlines(), errors


def outcomes(lines, methods):
    """What became of the first of these tests, up to the one that none came after: PASS, SKIP or FAIL, and why."""
    found = {}
    current = refused = None
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "START":
            current = rest
        elif word in ("PASS", "SKIP", "FAIL") and current is not None:
            if found.get(current, ("PASS",))[0] == "PASS":
                found[current] = (word, rest)
        elif word in ("SKIP", "FAIL"):  # before any of them: what prepares them all
            refused = (word, rest)
    if refused is not None:
        return dict.fromkeys(methods, refused)
    if lines[-1:] != ["END"]:
        why = f"no end within {LIMIT_S} s" if lines[-1:] == ["TIMEOUT"] else "the interpreter has ended"
        found.setdefault(methods[0] if current is None else current, ("FAIL", why))
    return found


def run_class(suite, everything, command, environment, module, name, methods):
    """All its tests; those behind one that has no end in an interpreter of their own."""
    found = {}
    while left := [method for method in methods if method not in found]:
        lines, _ = run(command, environment, bundle(suite, everything, (module, name, left)))
        found.update(outcomes(lines, left) or {left[0]: ("FAIL", "it says nothing")})
    return found


def reason_of(test):
    """Why a test can't pass here; None where that is not known."""
    for line in (HERE / "suite" / "reasons.txt").read_text(encoding="utf-8").splitlines():
        pattern, separator, reason = line.partition(": ")
        if separator and not line.startswith("#") and fnmatch.fnmatchcase(test, pattern):
            return reason
    return None


def run_suite(name, command, environment, only):
    """Runs it class by class, and counts what became of the tests."""
    suite = SUITES[name]
    everything = sources(suite)
    listed, errors = run(command, environment, bundle(suite, everything, None))
    classes = [line.split()[1:] for line in listed if line.startswith("CLASS ")]
    if not classes:
        sys.exit(f"no tests found\n{errors}")
    print(*(f"{line}\n" for line in listed if line.startswith("MODULE ")), sep="", end="")
    total = Counter()
    for module, class_name, *methods in classes:
        if class_name.startswith(suite.left_out) or only not in class_name:
            continue
        results = run_class(suite, everything, command, environment, module, class_name, methods)
        counts = Counter(outcome for outcome, _ in results.values())
        total += counts
        print(f"{module}.{class_name}: {counts['PASS']} of {len(results)} pass, {counts['SKIP']} skipped")
        for method, (outcome, why) in results.items():
            reason = reason_of(f"{class_name}.{method}") if outcome == "FAIL" else None
            total["EXPLAINED"] += reason is not None
            if outcome != "PASS":
                print(f"    {outcome} {method}: {reason or why}")
        sys.stdout.flush()
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", nargs="+")
    parser.add_argument("--suite", choices=SUITES)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    command, environment = arguments.command, {}
    if command == ["stand-in"]:
        command = [sys.executable]
        environment["PYTHONPATH"] = os.pathsep.join([str(HERE / "stand_in"), str(LIBRARY)])
    names = [arguments.suite] if arguments.suite else SUITES
    totals = {name: run_suite(name, command, environment, arguments.only) for name in names}
    for name, total in totals.items():
        counts = f"{total['PASS']} pass, {total['FAIL']} fail, of them {total['EXPLAINED']} with a reason"
        print(f"{name}: {counts}, {total['SKIP']} skipped (Python {sys.version.split()[0]})")


main()
