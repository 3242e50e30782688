"""The event loop: it waits for the clock and for callbacks from threads and processes. There are no sockets here."""

import threading

from . import base_events, events

__all__ = ("EventLoop", "SelectorEventLoop")


class _Waiting:
    """In a selector's place: waits until somebody wakes it."""

    def __init__(self):
        self._woken = threading.Event()
        self.is_waiting = False

    def select(self, timeout=None):
        """No sockets are ready, but callbacks may be."""
        if timeout is None or timeout > 0:
            self.is_waiting = True
            try:
                self._woken.wait(timeout)
            finally:
                self.is_waiting = False
        self._woken.clear()
        return ()

    def wake(self):
        self._woken.set()


class SelectorEventLoop(base_events.BaseEventLoop):
    """An event loop without sockets, subprocesses and signals."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = _Waiting()

    def call_soon(self, callback, *args, context=None):
        """Has the loop call it; answers of processes are delivered in the very thread that waits, and need not wake it."""
        handle = super().call_soon(callback, *args, context=context)
        if self._selector.is_waiting:
            self._selector.wake()
        return handle

    def _process_events(self, ready):
        pass

    def _write_to_self(self):
        self._selector.wake()


# What reprs call it.
SelectorEventLoop.__name__ = SelectorEventLoop.__qualname__ = "_UnixSelectorEventLoop"


class _DefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    """Gives each thread that asks an event loop."""

    _loop_factory = SelectorEventLoop


EventLoop = SelectorEventLoop
