"""Imports by name. All modules here are built in or frozen: there are no files to import from."""

import sys


def import_module(name, package=None):
    """Imports the module of that name; one that starts with dots is looked for from `package` on."""
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        level = len(name) - len(name.lstrip("."))
        if level > package.count(".") + 1:
            raise ImportError("attempted relative import beyond top-level package")
        base = package.rsplit(".", level - 1)[0]
        name = f"{base}.{name[level:]}" if name[level:] else base
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """There are none: what can be imported never changes."""


def reload(module):
    """Not here: there are no files that could have changed."""
    raise NotImplementedError("no importlib.reload here: modules come with the interpreter and never change")
