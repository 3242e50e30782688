"""Runs one of NumPy's modules of tests: what `numpy_suite.py` puts behind SOURCES, MODULE, TEXT, SLOW and FIRST."""

import ast
import importlib
import importlib.machinery
import itertools
import sys
import types
import warnings

importing = True
# What NumPy's tests want to know of where they run.
FACTS = {"HAS_LAPACK64": False, "HAS_REFCOUNT": False, "IS_64BIT": True, "IS_EDITABLE": False, "IS_INSTALLED": True,
         "IS_MUSL": False, "IS_PYPY": False, "IS_PYSTON": False, "IS_WASM": False, "NOGIL_BUILD": False}  # fmt: skip
# Where NumPy keeps what it shows as its own.
INNER = ("numpy._core", "numpy.lib")
INNER_MODULES = ("fromnumeric", "function_base", "multiarray", "numeric", "numerictypes", "shape_base", "umath")


class Absent:
    """Stands for what there is not: tests can be made with it, but not use it."""

    def __init__(self, name):
        self.__name__ = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__name__}.{name}")

    def __or__(self, other):
        return self

    def __getitem__(self, key):
        return self()

    def __call__(self, *values, **options):
        if importing:
            return self
        import pytest

        pytest.skip(f"there is no {self.__name__}")


class Sources:
    """Imports what has come with the script, before others."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, Sources, is_package=True) if name in SOURCES else None

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        exec(compile(SOURCES[module.__name__], module.__name__, "exec"), module.__dict__)


class Absentees(Sources):
    """Imports parts of NumPy that there are not, after all others have been asked."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] not in ("numpy", "hypothesis"):
            return None
        return importlib.machinery.ModuleSpec(name, Absentees, is_package=True)

    @staticmethod
    def exec_module(module):
        absent = Absent(module.__name__)

        def find(attribute):
            import numpy

            if module.__name__.startswith(INNER):
                if attribute in INNER_MODULES:
                    return importlib.import_module(f"{module.__name__}.{attribute}")
                if attribute in dir(numpy):
                    return getattr(numpy, attribute)
            return FACTS[attribute] if attribute in FACTS else getattr(absent, attribute)

        module.__getattr__ = find


def load():
    """The module as far as it can be made, and what of it can't be, with the reason."""
    package = MODULE.rpartition(".")[0]
    module = types.ModuleType(MODULE)
    module.__dict__.update(__package__=package, __file__=f"{MODULE.rpartition('.')[2]}.py")
    sys.modules[MODULE] = module
    refused = []
    for name in ("numpy", "numpy.linalg", "numpy.random", "numpy.fft", "numpy.testing"):
        complete(name)
    for node in ast.parse(TEXT).body:
        if isinstance(node, ast.ImportFrom) and not node.level:
            complete(node.module)
        while (reason := attempt(node, module)) is not None:
            why, line = reason
            inner = [it for it in getattr(node, "body", []) if isinstance(node, ast.ClassDef) and spans(it, line)]
            refused.append((name_of(inner[0] if inner else node), why))
            if not inner or len(node.body) == 1:
                break
            node.body.remove(inner[0])
    return module, refused


def attempt(node, module):
    try:
        exec(compile(ast.Module([node], []), module.__file__, "exec"), module.__dict__)
    except Exception as error:
        line, trace = node.lineno, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == module.__file__:
                line = trace.tb_lineno
            trace = trace.tb_next
        return told(error), line
    return None


def spans(node, line):
    first = min([node.lineno, *(it.lineno for it in getattr(node, "decorator_list", []))])
    return first <= line <= node.end_lineno


def name_of(node):
    return getattr(node, "name", f"line {node.lineno}")


def complete(name):
    """Lets a part of NumPy have every name: while tests run, one that there is not skips the test."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return
    if name.partition(".")[0] == "numpy":
        vars(module).setdefault("__path__", [])
    own = vars(module).get("__getattr__")
    if getattr(own, "completes", False) or name.partition(".")[0] != "numpy":
        return

    def find(attribute):
        if own is not None:
            try:
                return own(attribute)
            except AttributeError:
                pass
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if attribute in FACTS:
            return FACTS[attribute]
        if importing:
            return Absent(f"{name}.{attribute}")
        import pytest

        raise pytest.NoSuchName(f"there is no {name}.{attribute}")

    find.completes = True
    module.__getattr__ = find


def told(error):
    said = " ".join(str(error).strip().splitlines()) or line_of(error)
    return f"{type(error).__name__}: {said[:160]}"


def line_of(error):
    """The line of the tests from which an error without words came."""
    number, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == f"{MODULE.rpartition('.')[2]}.py":
            number = trace.tb_lineno
        trace = trace.tb_next
    return "" if number is None else f"in {TEXT.splitlines()[number - 1].strip()}"


def tests(module):
    """Name, class if any, function and the marks on both."""
    outer = as_list(getattr(module, "pytestmark", []))
    for name, thing in list(vars(module).items()):
        if isinstance(thing, type) and (name.startswith("Test") or hasattr(thing, "setUp")):
            marks = [it for kind in reversed(thing.__mro__) for it in as_list(vars(kind).get("pytestmark", []))]
            for method in dir(thing):
                function = getattr(thing, method, None)
                if method.startswith("test") and callable(function):
                    yield f"{name}.{method}", thing, function, outer + marks + marks_of(function)
        elif name.startswith("test") and (callable(thing) or isinstance(thing, Absent)):
            yield name, None, thing, outer + marks_of(thing)


def as_list(marks):
    return list(marks) if isinstance(marks, (list, tuple)) else [marks]


def marks_of(function):
    return [] if isinstance(function, Absent) else as_list(getattr(function, "pytestmark", []))


def cases(marks):
    """The arguments of each case, and its marks."""
    columns = []
    for mark in marks:
        if mark.name == "parametrize":
            options = [mark.options[key] for key in ("argnames", "argvalues") if key in mark.options]
            names, values = [*mark.values, *options][:2]
            alone = isinstance(names, str) and "," not in names
            names = [name.strip() for name in names.split(",") if name.strip()] if isinstance(names, str) else names
            columns.append([one_case(names, alone, value) for value in values])
    for row in itertools.product(*columns):
        yield {name: value for part, _ in row for name, value in part.items()}, [it for _, more in row for it in more]


def one_case(names, alone, value):
    """Its arguments; a name that stands alone takes the value as it is."""
    marks = []
    if hasattr(value, "marks"):
        value, marks = value.values[0] if alone else value.values, list(value.marks)
    return {names[0]: value} if alone else dict(zip(names, value)), marks


def reason_to_skip(marks):
    for mark in marks:
        why = mark.options.get("reason", "")
        if mark.name == "skip":
            return why or "marked"
        if mark.name == "skipif" and all(mark.values):
            return why or "marked"
        if mark.name == "xfail" and mark.options.get("run", True) is not None and all(mark.values[:1]):
            return f"is expected to fail: {why}"
        if mark.name == "slow" and not SLOW:
            return "is slow"
    return None


class Fixtures:
    """What functions get for their arguments; with params, the first of them."""

    def __init__(self, module, instance):
        self.module, self.instance, self.endings = module, instance, []

    def arguments(self, function, given):
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        code = getattr(function, "__code__", None)
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code else ()
        count = len(names) - len(getattr(function, "__defaults__", None) or ())
        return {name: given[name] if name in given else self.value(name) for at, name in enumerate(names)
                if name != "self" and (name in given or at < count)}  # fmt: skip

    def value(self, name):
        import pytest

        if name == "monkeypatch":
            patch = pytest.MonkeyPatch()
            self.endings.append(patch.undo)
            return patch
        if name == "tmp_path":
            return temporary_folder(self.endings)
        function = getattr(self.instance, name, None) or getattr(self.module, name, None)
        options = fixture_options(function)
        if options is None:
            pytest.skip(f"needs the fixture {name}")
        params = options["params"]
        request = types.SimpleNamespace(param=next(iter(params)) if params else None)
        made = function(**self.arguments(function, {"request": request}))
        if isinstance(made, types.GeneratorType):
            self.endings.append(lambda: next(made, None))
            return next(made)
        return made

    def automatic(self):
        for place in (self.module, self.instance):
            for name in dir(place):
                options = fixture_options(getattr(place, name, None))
                if options is not None and options["autouse"]:
                    self.value(name)


def fixture_options(function):
    if not isinstance(function, (types.FunctionType, types.MethodType)):
        return None
    return getattr(function, "fixture_options", None)


def temporary_folder(endings):
    import pathlib
    import tempfile

    folder = tempfile.TemporaryDirectory()
    endings.append(folder.cleanup)
    return pathlib.Path(folder.name)


def run_case(module, kind, name, function, given):
    instance = None
    if kind is not None:
        instance = kind(name.rpartition(".")[2]) if hasattr(kind, "assertEqual") else kind()
        function = getattr(instance, name.rpartition(".")[2])
    fixtures = Fixtures(module, instance)
    try:
        if kind is not None and hasattr(kind, "setup_class"):
            kind.setup_class()
        call(instance, "setup_method", "setUp")
        fixtures.automatic()
        function(**fixtures.arguments(function, given))
    finally:
        call(instance, "teardown_method", "tearDown")
        for ending in reversed(fixtures.endings):
            ending()


def call(instance, *names):
    for name in names:
        method = getattr(instance, name, None)
        if method is not None:
            method(*[None] * (method.__code__.co_argcount - 1))


def outcome(module, kind, name, function, given, marks):
    import unittest

    import pytest

    try:
        why = reason_to_skip(marks)
        absent = [it.__name__ for it in (function, *given.values()) if isinstance(it, Absent)]
        if why is None and absent:
            why = f"there is no {absent[0]}"
        if why is not None:
            return f"SKIP {why}"
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            run_case(module, kind, name, function, given)
        return "PASS"
    except (pytest.Skipped, unittest.SkipTest) as error:
        return f"SKIP {error}"
    except BaseException as error:
        return f"FAIL {told(error)}"


def main():
    global importing
    sys.meta_path.insert(0, Sources)
    sys.meta_path.append(Absentees)
    import pytest

    module, refused = load()
    importing = False
    for name, why in refused if FIRST == 0 else ():
        print(f"NOT MADE {name}: {why}", flush=True)
    number = 0
    for name, kind, function, marks in tests(module):
        try:
            found = list(cases(marks))
        except Exception as error:
            found = [({}, [pytest.mark.skip(reason=f"its cases can't be made: {told(error)}")])]
        for given, more in found:
            number += 1
            if number > FIRST:
                print("START", name, flush=True)
                print(outcome(module, kind, name, function, given, marks + more).replace("\n", " "), flush=True)
    print("END", flush=True)


main()
