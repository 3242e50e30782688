"""A small logging: loggers with levels, one handler that prints, `basicConfig`.

The whole one would take longer to load than most scripts run. No files, no filters, no configuration by dictionary.
"""

import sys
import threading
import time

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

_NAMES = {CRITICAL: "CRITICAL", ERROR: "ERROR", WARNING: "WARNING", INFO: "INFO", DEBUG: "DEBUG", NOTSET: "NOTSET"}
_nameToLevel = {name: level for level, name in _NAMES.items()} | {"WARN": WARNING, "FATAL": FATAL}


def getLevelName(level):
    """A level's name, or a name's level."""
    return _NAMES.get(level) or _nameToLevel.get(level) or f"Level {level}"


def getLevelNamesMapping():
    """All levels by name."""
    return dict(_nameToLevel)


def _level(level):
    if isinstance(level, int):
        return level
    if level not in _nameToLevel:
        raise ValueError(f"Unknown level: {level!r}")
    return _nameToLevel[level]


class LogRecord:
    """One message and where it comes from."""

    def __init__(self, name, level, msg, args, exc_info):
        self.name = name
        self.levelno = level
        self.levelname = getLevelName(level)
        self.msg = msg
        # A single dictionary is for "%(key)s".
        self.args = args[0] if len(args) == 1 and isinstance(args[0], dict) and args[0] else args
        self.exc_info = exc_info
        self.created = time.time()
        self.msecs = self.created % 1 * 1000
        self.relativeCreated = time.monotonic() * 1000  # it counts from the worker's start
        self.threadName = threading.current_thread().name
        self.thread = threading.get_ident()
        process = sys.modules.get("multiprocessing.process")
        self.processName = process.current_process().name if process else "MainProcess"

    def getMessage(self):
        message = str(self.msg)
        return message % self.args if self.args else message


class Formatter:
    """Makes a line of a record."""

    def __init__(self, fmt=None, datefmt=None):
        self._fmt = fmt or "%(message)s"
        self._datefmt = datefmt

    def formatTime(self, record):
        moment = time.localtime(record.created)
        if self._datefmt:
            return time.strftime(self._datefmt, moment)
        return f"{time.strftime('%Y-%m-%d %H:%M:%S', moment)},{int(record.msecs):03d}"

    def format(self, record):
        record.message = record.getMessage()
        if "%(asctime)" in self._fmt:
            record.asctime = self.formatTime(record)
        line = self._fmt % record.__dict__
        if record.exc_info:
            import traceback

            line += "\n" + "".join(traceback.format_exception(record.exc_info)).rstrip("\n")
        return line


class Handler:
    """Takes records from a level on."""

    def __init__(self, level=NOTSET):
        self.level = _level(level)
        self.formatter = Formatter()

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, formatter):
        self.formatter = formatter

    def format(self, record):
        return self.formatter.format(record)

    def handle(self, record):
        if record.levelno >= self.level:
            self.emit(record)

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")


class StreamHandler(Handler):
    """Prints; to sys.stderr, as it is at that moment, unless told otherwise."""

    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self._stream = stream

    @property
    def stream(self):
        return self._stream or sys.stderr

    def emit(self, record):
        self.stream.write(self.format(record) + self.terminator)
        self.stream.flush()


class NullHandler(Handler):
    """Takes records and does nothing."""

    def emit(self, record):
        pass


class Logger:
    """A place that messages come from, with a level of its own."""

    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = _level(level)
        self.parent = None
        self.propagate = True
        self.handlers = []

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger.parent and not logger.level:
            logger = logger.parent
        return logger.level

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return any(True for _ in self._all_handlers())

    def _all_handlers(self):
        logger = self
        while logger:
            yield from logger.handlers
            logger = logger.parent if logger.propagate else None

    def log(self, level, msg, *args, exc_info=None, **ignored):
        if not self.isEnabledFor(level):
            return
        if exc_info and not isinstance(exc_info, BaseException):
            exc_info = sys.exception()
        record = LogRecord(self.name, level, msg, args, exc_info)
        for handler in list(self._all_handlers()) or [lastResort]:
            handler.handle(record)

    def debug(self, msg, *args, **options):
        self.log(DEBUG, msg, *args, **options)

    def info(self, msg, *args, **options):
        self.log(INFO, msg, *args, **options)

    def warning(self, msg, *args, **options):
        self.log(WARNING, msg, *args, **options)

    def error(self, msg, *args, **options):
        self.log(ERROR, msg, *args, **options)

    def critical(self, msg, *args, **options):
        self.log(CRITICAL, msg, *args, **options)

    fatal = critical

    def exception(self, msg, *args, exc_info=True, **options):
        self.log(ERROR, msg, *args, exc_info=exc_info, **options)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


lastResort = StreamHandler()
lastResort.setLevel(WARNING)
root = Logger("root", WARNING)
_loggers = {}


def getLogger(name=None):
    """The logger of this name; its parent is the one before the last dot."""
    if not name or name == root.name:
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        parent = name.rpartition(".")[0]
        logger.parent = getLogger(parent) if parent else root
    return _loggers[name]


def basicConfig(*, level=None, format=BASIC_FORMAT, datefmt=None, stream=None, handlers=None, force=False):
    """Lets the root logger print."""
    if force:
        root.handlers.clear()
    if not root.handlers:
        for handler in handlers or [StreamHandler(stream)]:
            handler.setFormatter(Formatter(format, datefmt))
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)


def _at_root(method):
    def log(msg, *args, **options):
        basicConfig()
        getattr(root, method)(msg, *args, **options)

    log.__name__ = log.__qualname__ = method
    return log


debug, info, warning, error = (_at_root(name) for name in ("debug", "info", "warning", "error"))
critical, exception = _at_root("critical"), _at_root("exception")
