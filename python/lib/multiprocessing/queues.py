"""CPython's queues between processes; but what has room in the pipe is put there at once, without a thread for it."""

import multiprocessing._queues as _queues
from multiprocessing import reduction
from multiprocessing._queues import Empty, Full, SimpleQueue

__all__ = ["Empty", "Full", "JoinableQueue", "Queue", "SimpleQueue"]

# Another process writes just now: it is soon done, or waits until somebody reads.
_WRITING_S = 0.05


class _AtOnce:
    _was_put = False

    def put(self, obj, block=True, timeout=None):
        if self._thread is not None:
            return super().put(obj, block, timeout)
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if not self._sem.acquire(block, timeout):
            raise Full
        try:
            data = reduction.ForkingPickler.dumps(obj)
        except Exception as error:
            self._sem.release()
            self._on_queue_feeder_error(error, obj)
            return None
        self._count_task()
        self._was_put = True
        if not self._sent(data):
            self._leave_to_thread(obj)

    def close(self):
        super().close()
        # As the thread does that CPython has by now.
        if self._was_put and self._thread is None:
            self._reader.close()
            self._writer.close()

    def _count_task(self):
        pass

    def _sent(self, data):
        if not self._wlock.acquire(True, _WRITING_S):
            return False
        try:
            return self._writer._send_if_room(data)
        finally:
            self._wlock.release()

    def _leave_to_thread(self, obj):
        with self._notempty:
            if self._thread is None:
                self._start_thread()
            self._buffer.append(obj)
            self._notempty.notify()


class Queue(_AtOnce, _queues.Queue):
    """Any process may put, any may get."""


class JoinableQueue(_AtOnce, _queues.JoinableQueue):
    """The same, and who has put can wait until all is done."""

    def _count_task(self):
        with self._cond:
            self._unfinished_tasks.release()


SimpleQueue.__module__ = __name__
