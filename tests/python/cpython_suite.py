"""Runs CPython's own test_concurrent_futures in our interpreter, as far as that can be done.

    python3.13 cpython_suite.py stand-in      python/lib on the stand-in (stand_in/)
    python3.13 cpython_suite.py PROGRAM …     `PROGRAM … script.py`, such as the interpreter's own binary
    … --only WORD                             classes whose name contains WORD

The tests are those of the Python that runs this, or, if it has none, are downloaded for its version. They are put,
with our runner (suite/), into one script, since a browser tab has no files to import from; nothing of them stays.
Left out are the start methods fork and forkserver, which a browser has not.
"""

import argparse
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARY = HERE.parent.parent / "python" / "lib"
PLACE = "https://raw.githubusercontent.com/python/cpython/v{version}/Lib/{path}"
LIMIT_S = 180

TESTS = ("util", "executor", "test_as_completed", "test_deadlock", "test_future", "test_init", "test_process_pool",
         "test_shutdown", "test_thread_pool", "test_wait")  # fmt: skip
UNITTEST = ("util", "result", "case", "suite", "loader", "runner", "_log")
OTHERS = ("difflib", "fnmatch")
LEFT_OUT = ("ProcessPoolFork", "ProcessPoolForkserver", "FailingInitializerResources")


def source(path):
    """A file of CPython's library."""
    local = Path(sysconfig.get_path("stdlib")) / path
    if local.is_file():
        return local.read_text(encoding="utf-8")
    version = "{}.{}.{}".format(*sys.version_info)
    with urllib.request.urlopen(PLACE.format(version=version, path=path)) as answer:
        return answer.read().decode("utf-8")


def sources():
    """Name, text and whether it is a package."""
    found = {
        "test": ("", True),
        "test.support": ((HERE / "suite" / "support.py").read_text(encoding="utf-8"), True),
        "test.test_concurrent_futures": ("", True),
        "unittest": (source("unittest/__init__.py"), True),
    }
    for name in TESTS:
        found[f"test.test_concurrent_futures.{name}"] = (source(f"test/test_concurrent_futures/{name}.py"), False)
    for name in UNITTEST:
        found[f"unittest.{name}"] = (source(f"unittest/{name}.py"), False)
    for name in OTHERS:
        found[name] = (source(f"{name}.py"), False)
    return found


def bundle(everything, test_class):
    """One script that runs one class of tests, or, without one, lists them."""
    modules = [name for name in TESTS if name.startswith("test_")]
    head = f"SOURCES = {everything!r}\nMODULES = {modules!r}\nCLASS = {test_class!r}\n"
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
    """What became of each test: PASS, SKIP or FAIL, and why."""
    found = {}
    current = None
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "START":
            current = rest
        elif word in ("PASS", "SKIP", "FAIL") and current is not None:
            if found.get(current, ("PASS",))[0] == "PASS":
                found[current] = (word, rest)
    why = f"no end within {LIMIT_S} s" if lines and lines[-1] == "TIMEOUT" else "the interpreter has ended"
    for name in methods:
        found.setdefault(name, ("FAIL", why if name == current else f"not reached: {why}"))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", nargs="+")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    command, environment = arguments.command, {}
    if command == ["stand-in"]:
        command = [sys.executable]
        environment["PYTHONPATH"] = os.pathsep.join([str(HERE / "stand_in"), str(LIBRARY)])
    everything = sources()
    listed, errors = run(command, environment, bundle(everything, None))
    classes = [line.split()[1:] for line in listed if line.startswith("CLASS ")]
    if not classes:
        sys.exit(f"no tests found\n{errors}")
    print(*(line for line in listed if line.startswith("MODULE ")), sep="\n", end="")
    total = Counter()
    for module, name, *methods in classes:
        if name.startswith(LEFT_OUT) or arguments.only not in name:
            continue
        lines, _ = run(command, environment, bundle(everything, (module, name)))
        results = outcomes(lines, methods)
        counts = Counter(outcome for outcome, _ in results.values())
        total += counts
        print(f"{module}.{name}: {counts['PASS']} of {len(results)} pass, {counts['SKIP']} skipped")
        for method, (outcome, why) in results.items():
            if outcome != "PASS":
                print(f"    {outcome} {method}: {why}")
        sys.stdout.flush()
    print(f"{total['PASS']} pass, {total['FAIL']} fail, {total['SKIP']} skipped (Python {sys.version.split()[0]})")


main()
