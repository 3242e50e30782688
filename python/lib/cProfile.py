"""Counts a program's calls, and how long they take, for `pstats` to show. What counts is `_lsprof`."""

__all__ = ["run", "runctx", "Profile"]

import collections

import _lsprof
import profile as _pyprofile

profiler_entry = collections.namedtuple("profiler_entry", "code callcount reccallcount totaltime inlinetime calls")
profiler_subentry = collections.namedtuple("profiler_subentry", "code callcount reccallcount totaltime inlinetime")


def run(statement, filename=None, sort=-1):
    """Runs a statement, and prints what it called, or writes that to a file."""
    return _pyprofile._Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same with names of its own."""
    return _pyprofile._Utils(Profile).runctx(statement, globals, locals, filename, sort)


class Profile(_lsprof.Profiler):
    """Counts what the thread that enables it calls from then on."""

    def getstats(self):
        """An entry for each function."""
        return [
            profiler_entry(*counts, calls and [profiler_subentry(*call) for call in calls])
            for *counts, calls in self._counted()
        ]

    def print_stats(self, sort=-1):
        """A table of what was called, by `pstats`."""
        import pstats

        sort = sort if isinstance(sort, tuple) else (sort,)
        pstats.Stats(self).strip_dirs().sort_stats(*sort).print_stats()

    def dump_stats(self, file):
        """Writes what was counted to a file, for `pstats.Stats(file)`."""
        import marshal

        with open(file, "wb") as opened:
            self.create_stats()
            marshal.dump(self.stats, opened)

    def create_stats(self):
        """Counts no longer, and gives `stats` what was counted."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Gives `stats` what was counted so far."""
        entries = self.getstats()
        callers_of = {id(entry.code): {} for entry in entries}
        self.stats = {}
        for code, calls, recursive, total_s, inline_s, _ in entries:
            self.stats[label(code)] = calls - recursive, calls, inline_s, total_s, callers_of[id(code)]
        for caller in entries:
            for code, calls, recursive, total_s, inline_s in caller.calls or ():
                callers = callers_of.get(id(code))
                if callers is not None:
                    before = callers.get(label(caller.code), (0, 0, 0, 0))
                    counted = calls, calls - recursive, inline_s, total_s
                    callers[label(caller.code)] = tuple(map(sum, zip(before, counted)))

    def run(self, cmd):
        """Runs a statement with the script's names."""
        import __main__

        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Runs a statement."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Calls a function, and gives what it returns."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


def label(code):
    """File, line and name of a function; a compiled one has only a name."""
    if isinstance(code, str):
        return ("~", 0, code)
    return (code.co_filename, code.co_firstlineno, code.co_name)
