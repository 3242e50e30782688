"""A stand-in for the interpreter's native module `_lab_told`: what is told is kept, and nobody hears it."""

told = {}


def tell(name, value):
    """Keeps a number or a short text by its name."""
    told[name] = value
