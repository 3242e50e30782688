"""Connections: pipes in the memory that processes share. A message is its length and its bytes."""

import struct
import time

import _lab_shared
import _region
from _lab_shared import READ, READERS, WRITERS, WRITTEN
from multiprocessing import reduction
from multiprocessing.context import BufferTooShort

_ForkingPickler = reduction.ForkingPickler
_HEAD = struct.Struct("!i")
# There is one kind of address.
families = [None]
_EPIPE = 32


class Connection:
    """An end of a pipe: where it reads, where it writes, or both."""

    def __init__(self, handle, readable=True, writable=True):
        self._source, self._sink = handle
        for pipe, side in self._ends():
            _lab_shared.hold(pipe, side)

    def _ends(self):
        return [end for end in ((self._source, READERS), (self._sink, WRITERS)) if end[0]]

    @property
    def closed(self):
        return self._source is None

    @property
    def readable(self):
        return bool(self._source)

    @property
    def writable(self):
        return bool(self._sink)

    def fileno(self):
        self._check_closed()
        return self._source or self._sink

    def close(self):
        if self._source is None:
            return
        ends = self._ends()
        self._source = self._sink = None
        for pipe, side in ends:
            _lab_shared.let_go(pipe, side)

    def send_bytes(self, buf, offset=0, size=None):
        self._check_writable()
        data = bytes(buf)
        if offset < 0:
            raise ValueError("offset is negative")
        if len(data) < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = len(data) - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > len(data):
            raise ValueError("buffer length < offset + size")
        self._send(data[offset : offset + size])

    def send(self, obj):
        self._check_writable()
        self._send(_ForkingPickler.dumps(obj))

    def recv_bytes(self, maxlength=None):
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        return self._receive(maxlength)

    def recv_bytes_into(self, buf, offset=0):
        self._check_readable()
        with memoryview(buf) as view:
            place = view.cast("B")
            if offset < 0:
                raise ValueError("negative offset")
            if offset > len(place):
                raise ValueError("offset too large")
            data = self._receive(None)
            if len(place) < offset + len(data):
                raise BufferTooShort(data)
            place[offset : offset + len(data)] = data
            return len(data)

    def recv(self):
        self._check_readable()
        return _ForkingPickler.loads(self._receive(None))

    def poll(self, timeout=0.0):
        self._check_readable()
        return bool(wait([self], timeout))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __del__(self):
        if getattr(self, "_source", None) is not None:
            self.close()

    def __reduce__(self):
        self._check_closed()
        for pipe, side in self._ends():
            _lab_shared.send_off(pipe, side)
        return _arrived, (self._source, self._sink)

    def _check_closed(self):
        if self._source is None:
            raise OSError("handle is closed")

    def _check_readable(self):
        self._check_closed()
        if not self._source:
            raise OSError("connection is write-only")

    def _check_writable(self):
        self._check_closed()
        if not self._sink:
            raise OSError("connection is read-only")

    def _send(self, data):
        rest = memoryview(_HEAD.pack(len(data)) + data)
        while rest:
            pipe = self._sink
            room, is_read, seen = _lab_shared.room(pipe)
            if not is_read:
                raise BrokenPipeError(_EPIPE, "Broken pipe")
            if room:
                rest = rest[_lab_shared.write_some(pipe, rest) :]
            else:
                _region.wait(pipe + READ, seen)

    def _send_if_room(self, data):
        """Sends it if that need not wait, and says whether."""
        room, is_read, _ = _lab_shared.room(self._sink)
        if not is_read or _HEAD.size + len(data) > room:
            return False
        _lab_shared.write_some(self._sink, _HEAD.pack(len(data)) + data)
        return True

    def _receive(self, maxlength):
        (size,) = _HEAD.unpack(self._read(_HEAD.size))
        if maxlength is not None and size > maxlength:
            self.close()
            raise OSError("bad message length")
        return self._read(size)

    def _read(self, count):
        parts = []
        left = count
        while left:
            pipe = self._source
            there, is_over, seen = _lab_shared.written(pipe)
            if there:
                parts.append(_lab_shared.read_some(pipe, left))
                left -= len(parts[-1])
            elif is_over:
                if parts:
                    raise OSError("got end of file during message")
                raise EOFError
            else:
                _region.wait(pipe + WRITTEN, seen)
        return b"".join(parts)


def _arrived(source, sink):
    connection = Connection.__new__(Connection)
    connection._source, connection._sink = source, sink
    for pipe, side in connection._ends():
        _lab_shared.arrive(pipe, side)
    return connection


def Pipe(duplex=True):
    """Two connections with a pipe between them, or one for each way."""
    _lab_shared.check("Pipe")
    there = _lab_shared.new_pipe()
    back = _lab_shared.new_pipe() if duplex else 0
    first, second = Connection((there, back)), Connection((back, there))
    return first, second


def wait(object_list, timeout=None):
    """Those of the connections that have something to read, or are at their end."""
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        ready, words, seen = [], [], []
        for connection in object_list:
            there, is_over, word = _lab_shared.written(connection._source)
            if there or is_over:
                ready.append(connection)
            words.append(connection._source + WRITTEN)
            seen.append(word)
        if ready:
            return ready
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            return []
        if len(words) == 1:
            _region.wait(words[0], seen[0], left)
        else:
            _region.wait_for_any(words, seen, left)


class Listener:
    """Where connections are asked for."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        _lab_shared.check("connection.Listener")
        self._asked, self._asking = Pipe(duplex=False)
        self._lock = _lab_shared.allocate(8)
        _region.store(self._lock, 1)
        self.last_accepted = None

    @property
    def address(self):
        return f"/region/{self._asked.fileno()}-{self._lock}"

    def accept(self):
        return self._asked.recv()

    def close(self):
        self._asked.close()
        self._asking.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def Client(address, family=None, authkey=None):
    """A connection with whoever listens there."""
    place, _, numbers = address.rpartition("/")
    pipe, _, lock = numbers.partition("-")
    if place != "/region" or _lab_shared.room(int(pipe))[1] is False:
        raise ConnectionRefusedError(111, "Connection refused")
    ours, theirs = Pipe()
    asking = Connection((0, int(pipe)))
    _region.acquire(int(lock))
    try:
        asking.send(theirs)
    finally:
        _region.add(int(lock), 1)
    theirs.close()
    return ours


# Within a tab nobody has to prove who they are.
def deliver_challenge(connection, authkey):
    pass


def answer_challenge(connection, authkey):
    pass


XmlListener, XmlClient = Listener, Client
