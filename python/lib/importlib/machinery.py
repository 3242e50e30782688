"""How modules are found here: built into the interpreter, or frozen into it."""

from _frozen_importlib import BuiltinImporter, FrozenImporter, ModuleSpec

__all__ = ["BuiltinImporter", "FrozenImporter", "ModuleSpec", "all_suffixes"]

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = []


class _NoFiles:
    """Stands for what loads from files; nothing is an instance of it."""


class SourceFileLoader(_NoFiles):
    """Nothing is loaded by it here."""


class SourcelessFileLoader(_NoFiles):
    """Nothing is loaded by it here."""


class ExtensionFileLoader(_NoFiles):
    """Nothing is loaded by it here."""


def all_suffixes():
    """What files of modules would end with."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
