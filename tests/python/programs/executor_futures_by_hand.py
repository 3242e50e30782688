# checks: Future by itself: states, callbacks, errors
from concurrent.futures import CancelledError, Future, InvalidStateError

future = Future()
print(future.done(), future.running(), future.cancelled())
future.add_done_callback(lambda done: print("callback", done.result()))
future.set_result(42)
print(future.result(), future.done(), future.cancel())
try:
    future.set_result(43)
except InvalidStateError as error:
    print(str(error).split(":")[0])
other = Future()
print(other.cancel(), other.cancelled())
try:
    other.result()
except CancelledError:
    print("CancelledError")
failed = Future()
failed.set_exception(KeyError("missing"))
print(repr(failed.exception()))
