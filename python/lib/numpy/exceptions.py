"""What NumPy raises beyond Python's own exceptions. Takes nothing from `_numpy`, which raises these by their names."""


class AxisError(ValueError, IndexError):
    """An axis that the array does not have."""

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._message, self.axis, self.ndim = axis, None, None
        else:
            self._message, self.axis, self.ndim = msg_prefix, axis, ndim

    def __str__(self):
        if self.axis is None:
            return self._message
        said = f"axis {self.axis} is out of bounds for array of dimension {self.ndim}"
        return said if self._message is None else f"{self._message}: {said}"


class ComplexWarning(RuntimeWarning):
    """A cast to real numbers lost the imaginary parts."""


class DTypePromotionError(TypeError):
    """Two dtypes that have none in common."""


class ModuleDeprecationWarning(DeprecationWarning):
    """A module that will go."""


class RankWarning(RuntimeWarning):
    """A least-squares fit whose matrix has too low a rank."""


class TooHardError(RuntimeError):
    """A problem that was given up as too large."""


class VisibleDeprecationWarning(UserWarning):
    """A use that will go, shown to everybody."""


class UFuncTypeError(TypeError):
    """A function of elements that has no loop for the types, or whose result does not fit into the place for it."""

    __module__ = "numpy._core._exceptions"


class _ArrayMemoryError(MemoryError):
    """An array for which there is no memory. NumPy shows it by the name of its base."""

    __module__ = "numpy._core._exceptions"


_ArrayMemoryError.__name__ = _ArrayMemoryError.__qualname__ = "MemoryError"
