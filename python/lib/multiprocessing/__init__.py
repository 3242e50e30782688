"""Processes in the browser: each one is an interpreter of its own, in a worker of its own, started by "spawn".

Arguments and results are pickled and sent. What processes share (Queue, Lock, Value, Array, Manager, …) is in a
memory of the run's own; where the browser gives none, it says so when it is called.
"""

import sys

from multiprocessing import context

_default = context.default_context

# What the default context has are the module's functions and errors; `Process` is a class.
Process = _default.Process
_FUNCTIONS = [name for name in dir(_default) if not name.startswith("_") and name != "Process"]
globals().update({name: getattr(_default, name) for name in _FUNCTIONS})

__all__ = ["Process", *_FUNCTIONS]

# Instances of the script's classes come back from children as `__mp_main__.C`.
if "__main__" in sys.modules:
    sys.modules["__mp_main__"] = sys.modules["__main__"]
