"""Expected outputs of the programs in programs/, made by CPython, and the comparison with them.

    python3.13 reference.py write               runs CPython, writes expected/<name>.json
    python3.13 reference.py check stand-in      runs python/lib on the stand-in (stand_in/)
    python3.13 reference.py check PROGRAM …     runs `PROGRAM … <name>.py`, such as the interpreter's own binary
    … --only WORD                               programs whose name contains WORD
    … --numpy                                   the programs in numpy/, not those here; the Python that writes their
                                                outputs has the NumPy of numpy/requirements.txt

`cargo xtask python-reference` finds the Python, makes one that has NumPy, and calls the first with both.

A program's header are its first comment lines. Some of them mean something here:

    # expect-range: NAME LO HI    a printed line "NAME: number" is right within these bounds
    # needs: 3.14                 the reference Python must be at least this; else there is no expected file
    # self-checking: WHY          about what CPython has not: right if its exit code is 0
    # ignore-stderr: WHY          only stdout and exit code are compared
    # not-in-stand-in: WHY        only the interpreter can do this
    # known-difference: WHY       the interpreter prints something else; once it agrees, the line has to go

Outputs are compared after `normalize`, which the browser tests do in the same way.
"""

import argparse
import difflib
import importlib.metadata
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NUMPY = HERE / "numpy"
LIBRARY = HERE.parent.parent / "python" / "lib"
LIMIT_S = 60

_FRAME = re.compile(r'( *(?:\| )?)  File "([^"]*)", line \d+')
_WARNED = re.compile(r"(\S*[/\\])?([^/\\\s]+\.py:\d+: \w*Warning: )")
_MARKS = re.compile(r"[ |]*[~^][ ~^]*")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


class Program:
    """One of our programs, with what its header says."""

    def __init__(self, path):
        self.path = path
        self.name = path.stem
        self.ranges = {}
        self.needs = (3, 13)
        self.self_checking = self.ignore_stderr = self.not_in_stand_in = self.differs = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                break
            key, _, value = line.removeprefix("# ").partition(": ")
            if key == "expect-range":
                name, low, high = value.split()
                self.ranges[name] = (float(low), float(high))
            elif key == "needs":
                self.needs = tuple(map(int, value.split(".")))
            elif key == "self-checking":
                self.self_checking = True
            elif key == "ignore-stderr":
                self.ignore_stderr = True
            elif key == "not-in-stand-in":
                self.not_in_stand_in = True
            elif key == "known-difference":
                self.differs = True

    @property
    def expected(self):
        return self.path.parent.parent / "expected" / f"{self.name}.json"

    def run(self, command, **environment):
        """Runs it; gives the normalized outcome."""
        settings = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0", "NO_COLOR": "1"}
        process = subprocess.Popen(
            [*command, self.path],
            cwd=self.path.parent,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **settings, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            stdout, stderr = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its children, too
            process.communicate()
            raise
        return {
            "exit_code": process.returncode,
            "stdout": self.normalize(stdout),
            "stderr": [] if self.ignore_stderr else self.normalize(stderr),
        }

    def normalize(self, output):
        """The lines, without what may differ: where files are, other files' frames, marks, addresses, timings."""
        lines = []
        foreign = None  # the margin of a frame that is left out
        for line in output.decode("utf-8", "backslashreplace").splitlines():
            frame = _FRAME.match(line)
            if frame:
                foreign = None
                if Path(frame[2]).name != self.path.name:
                    foreign = frame[1] + "    "
                    continue
                line = line.replace(frame[2], self.path.name)
            elif foreign is not None and line.startswith(foreign):
                continue
            else:
                foreign = None
            if _MARKS.fullmatch(line):
                continue
            if warned := _WARNED.match(line):
                line = line.removeprefix(warned[1] or "")
            lines.append(_ADDRESS.sub("0x…", self._in_range(line)))
        return lines

    def _in_range(self, line):
        name, colon, value = line.partition(": ")
        if not colon or name not in self.ranges:
            return line
        low, high = self.ranges[name]
        return f"{name}: {'as expected' if low <= float(value) <= high else value}"


def programs(folder, word):
    return [Program(path) for path in sorted((folder / "programs").glob("*.py")) if word in path.stem]


def numpy_version():
    """The one that is here; it has to be the one that the lab's module is like."""
    wanted = (NUMPY / "requirements.txt").read_text(encoding="utf-8").strip().removeprefix("numpy==")
    try:
        found = importlib.metadata.version("numpy")
    except importlib.metadata.PackageNotFoundError:
        found = None
    if found != wanted:
        sys.exit(f"the reference is NumPy {wanted}; {sys.executable} has {found or 'none'}")
    return found


def write(folder, word):
    """Runs the Python that runs this."""
    versions = {"python": ".".join(map(str, sys.version_info[:3]))}
    if folder == NUMPY:
        versions["numpy"] = numpy_version()
    (folder / "expected").mkdir(exist_ok=True)
    left_out = []
    for program in programs(folder, word):
        if sys.version_info[:2] < program.needs or program.self_checking:
            left_out.append(program.name)
            continue
        outcome = program.run([sys.executable], PYTHONPATH=str(HERE / "reference_site"))
        text = json.dumps({**versions, **outcome}, indent=1, ensure_ascii=False)
        program.expected.write_text(text + "\n", encoding="utf-8")
        print(f"{program.name}: exit code {outcome['exit_code']}")
    print(f"not in the reference of Python {versions['python']}: {', '.join(left_out) or 'none'}")
    return True


def check(command, folder, word):
    """Whether another Python prints the same."""
    environment = {}
    to_run = programs(folder, word)
    if command == ["stand-in"]:
        command = [sys.executable]
        environment["PYTHONPATH"] = os.pathsep.join([str(HERE / "stand_in"), str(LIBRARY)])
        to_run = [it for it in to_run if sys.version_info[:2] >= it.needs and not (it.not_in_stand_in or it.differs)]
    results = {program.name: difference(program, command, environment) for program in to_run}
    for name, lines in results.items():
        if lines:
            print(f"--- {name}", *lines, sep="\n")
    agree = {name for name, lines in results.items() if not lines}
    known = {program.name for program in to_run if program.differs}
    print(f"{len(agree)} of {len(results)} programs agree; known to differ: {', '.join(sorted(known)) or 'none'}")
    for name in agree & known:
        print(f"{name} agrees: take its known-difference away")
    return agree == results.keys() - known


def difference(program, command, environment):
    """Lines that say what differs; none if nothing does."""
    try:
        got = program.run(command, **environment)
    except subprocess.TimeoutExpired:
        return [f"no end within {LIMIT_S} s"]
    if program.expected.exists():
        want = json.loads(program.expected.read_text(encoding="utf-8"))
    else:
        # Not in the reference: the program knows by itself what is right.
        want = {**got, "exit_code": 0}
    if want["exit_code"] == got["exit_code"] and all(want[key] == got[key] for key in ("stdout", "stderr")):
        return []
    return [*difflib.unified_diff(as_lines(want), as_lines(got), "expected", "got", lineterm="", n=2)]


def as_lines(outcome):
    return [*outcome["stdout"], "(stderr)", *outcome["stderr"], f"(exit code {outcome['exit_code']})"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["write", "check"])
    parser.add_argument("command", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--numpy", action="store_true")
    arguments = parser.parse_args()
    folder = NUMPY if arguments.numpy else HERE
    if arguments.action == "write":
        done = write(folder, arguments.only)
    else:
        done = check(arguments.command or ["stand-in"], folder, arguments.only)
    sys.exit(0 if done else 1)


main()
