"""Equal workers that take calls from one queue: what the executors and ``multiprocessing.Pool`` have in common.

The owner of a `Group` keeps the queue. It has

- ``next_call()``: the next ``(number, bytes)``, or None;
- ``backlog()``: how many calls could be taken;
- ``answered(number, data)``: an answer has come;
- ``died(numbers, reason)``: a worker has ended by itself, with these calls.

All of a group's state is guarded by ``lock``, which the owner shares. It is re-entrant, since a thread that blocks
may find itself delivering. ``answered`` and ``died`` are called without it: they run code of the user.
"""

from _thread import RLock
from collections import deque

import _lab_workers
import _processes

# A worker gets a second call before it has answered the first one only if its calls are so short that the way
# to the parent and back would matter: half a millisecond, some 4 ms where it leads by way of the page. Else a
# short call could get stuck behind a long one, while others are idle.
SHORT_CALL_MS = 20.0


class _Member:
    """A worker's share: the calls it has, and how long the last one took."""

    def __init__(self):
        self.calls = deque()
        self.done = 0
        self.last_ms = SHORT_CALL_MS


class Group:
    """Workers, and which calls each of them has."""

    def __init__(self, owner, max_calls):
        self.lock = RLock()
        self.members = {}  # Worker -> _Member
        self._owner = owner
        self._max_calls = max_calls  # after so many a worker is replaced; None: never

    def start_worker(self, setup, name):
        """One worker more; ``setup`` is its first message."""
        with self.lock:
            worker = _lab_workers.Worker(self, name)
            self.members[worker] = _Member()
            worker.send(setup)
        return worker

    def has_free(self):
        """Whether a worker has nothing to do."""
        return any(not member.calls for member in self.members.values())

    def feed(self):
        """Hands out calls: one to each free worker, then one ahead where that is worth it."""
        with self.lock:
            # Copies: pickling may run code of the user, which may come back here.
            for worker, member in list(self.members.items()):
                if not member.calls and not self._send_next(worker, member):
                    return
            for worker, member in list(self.members.items()):
                if self._may_queue_ahead(member):
                    self._send_next(worker, member)

    def _may_queue_ahead(self, member):
        return (
            self._max_calls is None
            and len(member.calls) == 1
            and member.last_ms < SHORT_CALL_MS
            and self._owner.backlog() > len(self.members)
        )

    def _send_next(self, worker, member):
        call = self._owner.next_call()
        if call is None:
            return False
        number, data = call
        member.calls.append(number)
        worker.send(data)
        return True

    def stop(self):
        """Ends all workers; what they were doing is lost."""
        with self.lock:
            workers = list(self.members)
            self.members.clear()
        for worker in workers:
            worker.terminate()

    def on_message(self, worker, data):
        """An answer: its first eight bytes say how long the call took (`answer`)."""
        with self.lock:
            member = self.members.get(worker)
            if member is None:
                return  # stopped in the meantime
            number = member.calls.popleft()
            member.done += 1
            member.last_ms = int.from_bytes(data[:8], "little") / 1000
            if member.done == self._max_calls:
                del self.members[worker]
                worker.terminate()
        self._owner.answered(number, data[8:])

    def on_ended(self, worker, reason):
        with self.lock:
            member = self.members.pop(worker, None)
        if member is not None:
            self._owner.died(list(member.calls), reason)


def answer(start_ms, data):
    """In a child: the bytes of an answer to a call that began at ``start_ms``."""
    microseconds = max(0, int((_processes.now_ms() - start_ms) * 1000))
    return microseconds.to_bytes(8, "little") + data
