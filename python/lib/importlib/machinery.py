"""What there is of the import system: no files, so nothing that finds them."""

from _frozen_importlib import BuiltinImporter, FrozenImporter, ModuleSpec

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = []
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES

__all__ = [
    "BuiltinImporter",
    "FrozenImporter",
    "ModuleSpec",
    "SOURCE_SUFFIXES",
    "BYTECODE_SUFFIXES",
    "EXTENSION_SUFFIXES",
    "all_suffixes",
]


class SourceFileLoader:
    """Loads nothing: it is there for those who ask whether a loader is one."""


class SourcelessFileLoader(SourceFileLoader):
    pass


class ExtensionFileLoader(SourceFileLoader):
    pass


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
