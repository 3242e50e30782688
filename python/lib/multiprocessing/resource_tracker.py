"""What CPython has a process for: names that are left over. Here all that is shared is gone with the run."""


def register(name, rtype):
    pass


def unregister(name, rtype):
    pass


def ensure_running():
    pass
