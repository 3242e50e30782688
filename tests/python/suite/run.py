"""Runs tests of one of CPython's classes: what `cpython_suite.py` puts behind SOURCES, MODULES and CLASS."""


class _Sources:
    """Imports modules from SOURCES: there need not be files."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in SOURCES:
            return None
        from importlib.machinery import ModuleSpec

        _, package = SOURCES[name]
        spec = ModuleSpec(name, _Sources, is_package=package)
        return spec

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        name = module.__spec__.name
        text, _ = SOURCES[name]
        place = f"suite/{name.replace('.', '/')}.py"
        module.__file__ = place
        import linecache

        linecache.cache[place] = (len(text), None, text.splitlines(True), place)
        exec(compile(text, place, "exec"), module.__dict__)


def _prepare():
    import sys

    sys.meta_path.insert(0, _Sources)
    import test.support  # puts stand-ins for other modules where they are looked for


def _classes(names):
    import importlib
    import unittest

    for name in names:
        try:
            module = importlib.import_module(name)
        except Exception as error:
            print("MODULE", name, repr(error))
            continue
        for thing in list(vars(module).values()):
            if isinstance(thing, type) and issubclass(thing, unittest.TestCase) and thing.__module__ == module.__name__:
                yield name, thing


def _run(module_name, class_name, methods):
    import importlib
    import unittest

    module = importlib.import_module(module_name)

    class Result(unittest.TestResult):
        def startTest(self, test):
            super().startTest(test)
            print("START", test._testMethodName, flush=True)

        def addSuccess(self, test):
            print("PASS", flush=True)

        def addSkip(self, test, reason):
            print("SKIP", reason, flush=True)

        def addFailure(self, test, error):
            self.addError(test, error)

        def addError(self, test, error):
            kind, text = error[0].__name__, str(error[1]).strip()
            print(f"FAIL {kind}: {text.splitlines()[0]}" if text else f"FAIL {kind}", flush=True)

    unittest.TestSuite(map(getattr(module, class_name), methods)).run(Result())
    print("END", flush=True)


_prepare()
if __name__ == "__main__":
    if CLASS is None:
        for module_name, case in _classes(MODULES):
            methods = [name for name in dir(case) if name.startswith("test")]
            print("CLASS", module_name, case.__name__, *methods)
    else:
        _run(*CLASS)
