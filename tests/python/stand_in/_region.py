"""Stands for the interpreter's module `_region`: here processes share nothing, as where a browser gives no shared memory."""


def size():
    return 0


def slot():
    return 0
