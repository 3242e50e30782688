"""What processes share: places in the one memory that all of a run's processes see (the host's module ``_region``).

What is given away stays so until the run ends, but for pipes that nobody holds any more. Layout of the words that are
Python's: 4 the last pipe, 8 the last named block, 12 the processes' names.
"""

import struct
from _thread import allocate_lock

import _region

LAST_PIPE, LAST_BLOCK, _NAMES = 4, 8, 12

_NAME_BYTES = 64
_SLOTS = 65

_NO_MEMORY = (
    "no multiprocessing.%s here: the browser shares no memory between processes on this page, so there is nothing "
    "that two of them could both see. Return results instead, or open the lab in a tab of its own"
)
_FULL = "processes of a run share at most %d MiB, and there is no room for %d bytes more"


def check(name):
    """Raises where processes can share nothing."""
    if not _region.size():
        raise NotImplementedError(_NO_MEMORY % name)


def allocate(size):
    """Where so many new bytes are, all zero."""
    at = _region.allocate(size)
    if not at:
        raise MemoryError(_FULL % (_region.size() >> 20, size))
    return at


def push(head, at):
    """Puts what begins with a word for the next one into the list whose last one is at `head`."""
    while True:
        last = _region.load(head)
        _region.store(at, last)
        if _region.replace(head, last, at):
            return


def each(head):
    """What `push` has put there."""
    at = _region.load(head)
    while at:
        yield at
        at = _region.load(at)


def tell_name(slot, name):
    """Leaves a name for the process in that slot."""
    if not _region.size() or slot < 0:
        return
    names = _region.load(_NAMES)
    if not names:
        names = allocate(_SLOTS * _NAME_BYTES)
        if not _region.replace(_NAMES, 0, names):
            names = _region.load(_NAMES)
    data = name.encode()[: _NAME_BYTES - 1]
    _region.write(names + slot * _NAME_BYTES, data + bytes(_NAME_BYTES - len(data)))


def told_name():
    """The name that was left for this process, or ''."""
    names = _region.size() and _region.load(_NAMES)
    if not names:
        return ""
    return _region.read(names + _region.slot() * _NAME_BYTES, _NAME_BYTES).rstrip(b"\0").decode(errors="replace")


# Pipes: a ring of bytes each, from who writes to who reads. Words: the next pipe; bytes written and bytes read, each
# twice their number, plus 1 once nobody is left on that side; then who writes and who reads: a bit per process in three
# words, and how many were sent to a process, and how many have arrived (the upper half); then how often the pipe was
# taken and given back, odd while it is used.
WRITTEN, READ = 4, 8
WRITERS, READERS = 12, 28
_TRANSIT = 12
_ARRIVED = 1 << 16
_USE = 44
_DATA = 48
CAPACITY = 1 << 16

_guard = allocate_lock()
_held = {}  # (pipe, side) -> how many connections of this process


def new_pipe():
    """A pipe that this process holds at both sides."""
    for pipe in each(LAST_PIPE):
        use = _region.load(pipe + _USE)
        if not use & 1 and _region.replace(pipe + _USE, use, use + 1):
            # Not from 0: who still closes it for the last time must find another number there.
            begin = ((_region.load(pipe + WRITTEN) | 1) + 1) & 0xFFFFFFFF
            _region.store(pipe + READ, begin)
            _region.store(pipe + WRITTEN, begin)
            for side in (WRITERS, READERS):
                _region.store(pipe + side + _TRANSIT, 0)
            return pipe
    pipe = allocate(_DATA + CAPACITY)
    _region.store(pipe + _USE, 1)
    push(LAST_PIPE, pipe)
    return pipe


def hold(pipe, side):
    """One connection more."""
    with _guard:
        count = _held.get((pipe, side), 0)
        _held[pipe, side] = count + 1
        if not count:
            _set_bit(pipe + side, _region.slot(), True)


def let_go(pipe, side):
    """One connection less."""
    with _guard:
        count = _held.pop((pipe, side), 0)
        if count > 1:
            _held[pipe, side] = count - 1
            return
    _leave(pipe, side, _region.slot())


def send_off(pipe, side):
    """A process is about to get it."""
    _region.add(pipe + side + _TRANSIT, 1)


def arrive(pipe, side):
    """It has it."""
    hold(pipe, side)
    _region.add(pipe + side + _TRANSIT, _ARRIVED)


def gone(slot):
    """A process is no more: it holds nothing."""
    if slot < 0 or not _region.size():
        return
    for pipe in each(LAST_PIPE):
        for side in (WRITERS, READERS):
            if _region.load(pipe + side + 4 * (slot // 32)) >> slot % 32 & 1:
                _leave(pipe, side, slot)


def _set_bit(masks, slot, on):
    at, bit = masks + 4 * (slot // 32), 1 << slot % 32
    while True:
        old = _region.load(at)
        if _region.replace(at, old, old | bit if on else old & ~bit):
            return


def _is_held(pipe, side):
    while True:
        moved = _region.load(pipe + side + _TRANSIT)
        if moved // _ARRIVED != moved % _ARRIVED or any(_region.load(pipe + side + offset) for offset in (0, 4, 8)):
            return True
        if _region.load(pipe + side + _TRANSIT) == moved:
            return False  # nobody has handed it on meanwhile


def _leave(pipe, side, slot):
    use = _region.load(pipe + _USE)
    _set_bit(pipe + side, slot, False)
    word = pipe + (WRITTEN if side == WRITERS else READ)
    while not _is_held(pipe, side):
        count = _region.load(word)
        if _region.load(pipe + _USE) != use:
            return  # somebody else has given it back, and it may be a new one's already
        if count & 1 or _region.replace(word, count, count | 1):
            break
    if _region.load(pipe + WRITTEN) & _region.load(pipe + READ) & 1:
        _region.replace(pipe + _USE, use, use + 1)


def written(pipe):
    """How many bytes there are to be read, whether there will be no more, and the word that says so."""
    word = _region.load(pipe + WRITTEN)
    return ((word >> 1) - (_region.load(pipe + READ) >> 1)) % (1 << 31), bool(word & 1), word


def room(pipe):
    """How many bytes can be written, whether anybody will read them, and the word that says so."""
    word = _region.load(pipe + READ)
    used = ((_region.load(pipe + WRITTEN) >> 1) - (word >> 1)) % (1 << 31)
    return CAPACITY - used, not word & 1, word


def read_some(pipe, most):
    """At most so many of the bytes that are there."""
    count = min(most, written(pipe)[0])
    place = (_region.load(pipe + READ) >> 1) % CAPACITY
    first = min(count, CAPACITY - place)
    data = _region.read(pipe + _DATA + place, first)
    if first < count:
        data += _region.read(pipe + _DATA, count - first)
    _count(pipe + READ, count)
    return data


def write_some(pipe, data):
    """Writes what there is room for, and says how much that was."""
    count = min(len(data), room(pipe)[0])
    place = (_region.load(pipe + WRITTEN) >> 1) % CAPACITY
    first = min(count, CAPACITY - place)
    _region.write(pipe + _DATA + place, bytes(data[:first]))
    if first < count:
        _region.write(pipe + _DATA, bytes(data[first:count]))
    _count(pipe + WRITTEN, count)
    return count


def _count(at, count):
    while True:
        old = _region.load(at)
        if _region.replace(at, old, (old + 2 * count) & 0xFFFFFFFF):
            return


class View:
    """A stretch of the shared memory, used as a `memoryview` is."""

    readonly, ndim, c_contiguous, f_contiguous, contiguous = False, 1, True, True, True

    def __init__(self, at, nbytes, format="B"):
        self._at, self._nbytes, self.format = at, nbytes, format
        self.itemsize = struct.calcsize(format)

    def _alive(self):
        if self._at is None:
            raise ValueError("operation forbidden on released memoryview object")
        return self._at

    @property
    def nbytes(self):
        self._alive()
        return self._nbytes

    @property
    def shape(self):
        return (len(self),)

    @property
    def strides(self):
        return (self.itemsize,)

    def __len__(self):
        return self.nbytes // self.itemsize

    def _place(self, index):
        count = len(self)
        index = index.__index__()
        if not -count <= index < count:
            raise IndexError("index out of bounds on dimension 1")
        return self._at + index % count * self.itemsize

    def __getitem__(self, key):
        at = self._alive()
        if isinstance(key, slice):
            start, stop, step = key.indices(len(self))
            if step != 1:
                return memoryview(b"".join(self._item(index) for index in range(start, stop, step))).cast(self.format)
            return View(at + start * self.itemsize, max(0, stop - start) * self.itemsize, self.format)
        return struct.unpack(self.format, _region.read(self._place(key), self.itemsize))[0]

    def _item(self, index):
        return _region.read(self._place(index), self.itemsize)

    def __setitem__(self, key, value):
        at = self._alive()
        if isinstance(key, slice):
            start, stop, step = key.indices(len(self))
            indices, data = range(start, stop, step), _bytes_of(value)
            if len(data) != len(indices) * self.itemsize:
                raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
            if step == 1:
                _region.write(at + start * self.itemsize, data)
                return
            for number, index in enumerate(indices):
                _region.write(self._place(index), data[number * self.itemsize : (number + 1) * self.itemsize])
            return
        try:
            data = struct.pack(self.format, value)
        except struct.error as error:
            if isinstance(value, (int, float)) and not (isinstance(value, float) and self.format not in "fd"):
                raise ValueError(f"memoryview: invalid value for format {self.format!r}") from None
            raise TypeError(f"memoryview: invalid type for format {self.format!r}") from error
        _region.write(self._place(key), data)

    def cast(self, format):
        if self.nbytes % struct.calcsize(format):
            raise TypeError("memoryview: length is not a multiple of itemsize")
        return View(self._at, self._nbytes, format)

    def tobytes(self):
        return _region.read(self._alive(), self._nbytes)

    __bytes__ = tobytes

    def tolist(self):
        return [value for (value,) in struct.iter_unpack(self.format, self.tobytes())]

    def hex(self, *separator):
        return self.tobytes().hex(*separator)

    def __iter__(self):
        return iter(self.tolist())

    def __eq__(self, other):
        if isinstance(other, View):
            return self.tolist() == other.tolist()
        if isinstance(other, (bytes, bytearray, memoryview)):
            return self.tobytes() == other
        return NotImplemented

    __hash__ = None

    def toreadonly(self):
        return memoryview(self.tobytes()).cast(self.format)

    def __buffer__(self, flags):
        return memoryview(self.tobytes())

    def release(self):
        self._at = None

    def __enter__(self):
        self._alive()
        return self

    def __exit__(self, *exception):
        self.release()


def _bytes_of(value):
    if isinstance(value, View):
        return value.tobytes()
    return bytes(memoryview(value).cast("B")) if not isinstance(value, bytes) else value
