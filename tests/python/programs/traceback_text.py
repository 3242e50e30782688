# checks: traceback.format_exc, exception notes, exception groups
import traceback


def fail():
    raise RuntimeError("inside")


try:
    fail()
except RuntimeError as error:
    error.add_note("a note")
    print(traceback.format_exc(), end="")
try:
    raise ExceptionGroup("several", [ValueError(1), TypeError("two")])
except* ValueError as group:
    print("values", group.exceptions)
except* TypeError as group:
    print("types", group.exceptions)
