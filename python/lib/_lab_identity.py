"""Who we are among the processes. Small, since `os` needs it."""

import _processes


class ProcessExit(SystemExit):
    """What `os._exit` raises: no handler of ours may take it for a result."""


def pid_of(handle):
    """The main script is process 1, its children follow."""
    return handle + 1


def pid():
    """Our own number."""
    return pid_of(_processes.handle())
