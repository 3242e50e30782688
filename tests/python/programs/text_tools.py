# Paths as text, differences, numbers with an imaginary part, chance that is secret.
import cmath
import difflib
import platform
import secrets
import sched
import time
import uuid
from pathlib import PurePath, PurePosixPath, PureWindowsPath

path = PurePosixPath("/data") / "stations" / "station-01.csv"
print(path, path.name, path.stem, path.suffix, path.parent, path.parts, path.with_suffix(".txt"))
print(repr(PurePath("a") / "b"), PureWindowsPath("c:/x") / "y", path.relative_to("/data"), path.is_absolute(), path.match("*.csv"))
try:
    path.relative_to("/other")
except ValueError as error:
    print("ValueError", str(error)[:40])
print("\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], "one", "two", lineterm="")))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.SequenceMatcher(None, "abcd", "bcde").ratio())
print(cmath.sqrt(-1), cmath.phase(-1), abs(cmath.exp(1j * cmath.pi) + 1) < 1e-15, cmath.isclose(1j, 1j + 1e-12))
print(len(secrets.token_hex(8)), secrets.randbelow(1), secrets.choice(["only"]), secrets.token_bytes(4) != secrets.token_bytes(4))
print(uuid.UUID(int=5), uuid.uuid5(uuid.NAMESPACE_DNS, "lab"), uuid.uuid4().version, uuid.uuid4() != uuid.uuid4())
print(platform.python_version_tuple()[0], bool(platform.python_implementation()), isinstance(platform.platform(), str))
events = sched.scheduler(time.monotonic, time.sleep)
events.enter(0.02, 1, print, ("second",))
events.enter(0.01, 1, print, ("first",))
events.run()
