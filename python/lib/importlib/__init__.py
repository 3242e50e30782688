"""Importing by name. There are no files here to import from: all modules are
built in or frozen, and the frozen importer knows both."""

import _frozen_importlib as _bootstrap
import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = _bootstrap.__import__


def invalidate_caches():
    for finder in sys.meta_path:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def import_module(name, package=None):
    level = len(name) - len(name.lstrip("."))
    if level and not package:
        raise TypeError(
            f"the 'package' argument is required to perform a relative import for {name!r}"
        )
    return _bootstrap._gcd_import(name[level:], package, level)


def reload(module):
    raise NotImplementedError("modules can't be reloaded in the browser")
