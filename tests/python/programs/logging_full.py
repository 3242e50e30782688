# Logging as CPython has it: styles, lines and functions, filters, handlers, a queue between threads.
import logging
import logging.handlers
import queue
import sys
import threading

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="{levelname:>8} {funcName}:{lineno} {message}", style="{")
logger = logging.getLogger("lab.run")


def work(x):
    logger.info("working on %d", x)
    logger.debug("with %(a)s", {"a": 1})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("caught")


work(3)
print(logger.parent.name, logger.getEffectiveLevel(), logger.hasHandlers(), logging.getLevelName(30))


class Odd(logging.Filter):
    def filter(self, record):
        return record.args[0] % 2 == 1


quiet = logging.getLogger("quiet")
quiet.propagate = False
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("$name $message", style="$"))
handler.addFilter(Odd())
quiet.addHandler(handler)
for i in range(4):
    quiet.warning("number %d", i)

records = queue.Queue()
last = logging.StreamHandler(sys.stdout)
last.setFormatter(logging.Formatter("%(threadName)s %(processName)s %(message)s"))
listener = logging.handlers.QueueListener(records, last)
sender = logging.getLogger("queued")
sender.propagate = False
sender.addHandler(logging.handlers.QueueHandler(records))
listener.start()
threads = [threading.Thread(target=sender.warning, args=("from %s", name), name=name) for name in ("one", "two")]
for thread in threads:
    thread.start()
    thread.join()
listener.stop()
memory = logging.handlers.MemoryHandler(10, target=last)
memory.emit(logging.LogRecord("m", 20, "f.py", 1, "kept", (), None))
print(len(memory.buffer))
memory.flush()
logging.LoggerAdapter(logger, {"run": 7}).info("adapted")
logging.getLogger("lab").disabled = True
print(logging.getLogger("lab.run") is logger, logger, handler)
try:
    logging.Formatter("{message", style="{")
except ValueError as error:
    print("ValueError")
