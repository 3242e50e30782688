"""`SemLock`, on which CPython's `multiprocessing.synchronize` is built: a count in the memory that processes share."""

import _lab_shared
import _region
from _thread import get_ident

_RECURSIVE_MUTEX = 0


class SemLock:
    """A semaphore, or a mutex that its owner may take again."""

    SEM_VALUE_MAX = 2**31 - 1
    name = None

    def __init__(self, kind, value, maxvalue, name, unlink):
        if not 0 <= value <= self.SEM_VALUE_MAX:
            raise OSError(22, "Invalid argument")
        # The second word says who took it last.
        self._take(_lab_shared.allocate(8), kind, maxvalue)
        _region.store(self.handle, value)

    def _take(self, handle, kind, maxvalue):
        self.handle, self.kind, self.maxvalue = handle, kind, maxvalue
        self._owner, self._depth = None, 0

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        lock = cls.__new__(cls)
        lock._take(handle, kind, maxvalue)
        return lock

    def acquire(self, block=True, timeout=None):
        if self.kind == _RECURSIVE_MUTEX and self._is_mine():
            self._depth += 1
            return True
        if not block:
            timeout = 0.0
        elif timeout is not None:
            timeout = max(0.0, float(timeout))
        if not _region.acquire(self.handle, timeout):
            return False
        self._owner = get_ident()
        self._depth += 1
        return True

    __enter__ = acquire

    def __exit__(self, *exception):
        self.release()

    def release(self):
        if self.kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._depth > 1:
                self._depth -= 1
                return
        else:
            value = _region.load(self.handle)
            if value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
        # Before it is another's: else that one's would be taken away.
        self._depth -= 1
        _region.add(self.handle, 1)

    def _count(self):
        return self._depth

    def _is_mine(self):
        return self._depth > 0 and self._owner == get_ident()

    def _get_value(self):
        return _region.load(self.handle)

    def _is_zero(self):
        return _region.load(self.handle) == 0

    def _after_fork(self):
        self._depth = 0


def sem_unlink(name):
    """There are no names: what is shared is the run's."""
