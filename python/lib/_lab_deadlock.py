"""What the calling thread waits for, asked once nobody of the run can go on (the host's module ``deadlock``)."""

import json
import sys
from _thread import get_ident

import _lab_script
import _region

_MODULES = {"_multiprocessing", "_queue", "_thread", "concurrent", "multiprocessing", "queue", "threading"}
_LOCKS = {"lock", "Lock", "RLock"}
# What is waited for, by class: `call` is what stands for all others.
_KINDS = {
    "Barrier": "barrier",
    "BaseProcess": "process",
    "Condition": "condition",
    "Connection": "message",
    "Event": "event",
    "Future": "result",
    "Semaphore": "semaphore",
    "Thread": "thread",
    **dict.fromkeys(_LOCKS, "lock"),
}
_QUEUES = {"Queue", "SimpleQueue"}
_OF_QUEUES = {"": "item", "get": "item", "put": "room", "join": "done"}
# What gives the results of a pool one after the other.
_RESULTS = {"__next__", "as_completed", "next", "result_iterator"}
# Where a name is looked for, at most so much.
_MOST = 1000
# And so much is told of one, characters.
_LONGEST = 100


def describe(awaited, holder, shared, number):
    """JSON: who we are, in which line, and what we wait for; `holder` is a lock's, an ident, and `shared` one's of a
    word in the region."""
    call, frame = None, sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != _lab_script.file_name():
        call, frame = frame, frame.f_back
    # Without a call it is the lock or queue itself that the script has called.
    subject = awaited if call is None else _subject(call)
    function = "" if call is None else call.f_code.co_name
    kind = _kind(subject, function)
    said = {
        "slot": _region.slot(),
        "process": _process(),
        "number": number,
        "thread": _thread(get_ident()),
        "kind": kind,
        "call": function,
    }
    if frame is None:
        said["kind"] = "work" if number else "end"
        return json.dumps(said)
    said["line"] = frame.f_lineno
    said["name"] = _text(_attributes(subject).get("_name") if kind in ("thread", "process") else _name(subject, frame))
    if kind == "lock" and shared:
        said["holder"] = {"number": (shared % 256 - 1, shared >> 8)}
    elif kind == "lock" and holder == get_ident():
        said["holder"] = {"number": (said["slot"], number)}
    elif kind == "lock" and holder:
        said["holder"] = {"thread": _thread(holder)}
    return json.dumps(said)


def _process():
    process = sys.modules.get("multiprocessing.process")
    return (process and _text(_attributes(process.current_process()).get("_name"))) or "MainProcess"


def _thread(ident):
    threading = sys.modules.get("threading")
    thread = threading and threading._active.get(ident)
    return _text(_attributes(thread).get("_name"))


def _attributes(value):
    """An object's own; nothing of the script is called for it."""
    try:
        return object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}


def _text(name):
    """A name as the page can read it."""
    return name[:_LONGEST].encode("utf-8", "replace").decode() if type(name) is str else None


def _subject(call):
    code = call.f_code
    return call.f_locals.get(code.co_varnames[0]) if code.co_argcount else None


def _kind(subject, function):
    if function in _RESULTS:
        return "result"
    if type(subject).__module__ == "_multiprocessing":
        return "lock" if subject.maxvalue == 1 else "semaphore"
    for known in type(subject).__mro__:
        name = known.__name__
        if known.__module__.partition(".")[0] not in _MODULES:
            continue
        if name == "Condition" and function in ("__enter__", "acquire"):
            return "lock"
        if name in _QUEUES:
            return _OF_QUEUES.get(function, "call")
        if name in _KINDS:
            return _KINDS[name]
    return "call"


def _name(subject, frame):
    """What the script calls it there, if it has a name."""
    if subject is None:
        return None
    for names in (frame.f_locals, frame.f_globals):
        for name, value in list(names.items()):
            if _is(value, subject):
                return name
    for names in (frame.f_locals, frame.f_globals):
        for name, value in list(names.items()):
            for part, inner in _parts(value):
                if _is(inner, subject):
                    return name + part
    return None


def _is(value, subject):
    # A shared lock's `acquire` is that of what it is made of.
    return value is subject or (
        type(value).__module__ == "multiprocessing.synchronize" and getattr(value, "_semlock", None) is subject
    )


def _parts(value):
    """What is in a list or an object, and how that is written; nothing of the script is called for it."""
    if type(value) in (list, tuple):
        return [(f"[{index}]", inner) for index, inner in enumerate(value[:_MOST])]
    if type(value) is dict:
        return [(f"[{key!r}]", inner) for key, inner in list(value.items())[:_MOST] if type(key) in (int, str)]
    if issubclass(type(value), type(sys)):
        return []
    return [(f".{name}", inner) for name, inner in list(_attributes(value).items())[:_MOST]]
