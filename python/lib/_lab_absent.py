"""Stands for modules that CPython's library imports and a browser has not: they are missed only where they are used.

`library.txt` says who does without which ("without"); build.rs has them imported from here.
"""


class _NoDebugger:
    """What `doctest` has at hand in case a test wants to be looked into."""

    def __init__(self, **options):
        pass

    def reset(self):
        pass

    def set_trace(self, frame=None):
        raise NotImplementedError(_reason("pdb"))


# What is looked at while the library is imported, or asked of them without any need for them.
_KNOWN = {
    "pdb": {"Pdb": _NoDebugger, "set_trace": None},
    "shutil": {"get_terminal_size": lambda fallback=(80, 24): __import__("os").get_terminal_size()},
    "signal": {"SIGINT": 2, "default_int_handler": None, "SIG_IGN": 1, "getsignal": lambda number: NotImplemented,
               "signal": lambda number, handler: None},
    "socket": {"AF_UNSPEC": 0, "AF_INET": 2, "AI_PASSIVE": 1, "SOCK_STREAM": 1},
    "tempfile": {"_RandomNameSequence": __import__("itertools").count},
    "subprocess": {"PIPE": -1, "STDOUT": -2, "DEVNULL": -3},
}


class Absent:
    """A module that is not here: what is taken from it says so."""

    def __init__(self, name):
        self.__name__ = name

    def __getattr__(self, attribute):
        known = _KNOWN.get(self.__name__, {})
        if attribute in known:
            return known[attribute]
        raise AttributeError(f"{_reason(self.__name__)} ({self.__name__}.{attribute} was asked for)", name=attribute)

    def __call__(self, *args, **kwargs):
        raise NotImplementedError(_reason(self.__name__))


class _Logging:
    """`logging` for who only has it at hand in case of an error: it would take longer to load than most scripts run."""

    @staticmethod
    def getLogger(name):
        return _Logger(name)


class _Logger:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        import logging

        return getattr(logging.getLogger(self._name), attribute)


def _reason(name):
    import _lab_missing

    return _lab_missing.reason(name) or f"there is no {name!r} here"


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Logging if name == "logging" else Absent(name)
