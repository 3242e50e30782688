# Arguments of Thread that are no arguments: what was meant is said, as CPython says it.
import threading


def greet(name):
    print("hello", name)


wrong = threading.Thread(target=greet, args=("Grace"), name="greeter")
wrong.start()
wrong.join()
for make in (
    lambda: threading.Thread(greet, "Lin"),
    lambda: threading.Thread(target=greet, kwargs={"nme": "Lin"}).run(),
    lambda: threading.Thread(target=greet, argz=()),
    lambda: threading.Semaphore(-1),
):
    try:
        make()
    except (AssertionError, TypeError, ValueError) as error:
        print(type(error).__name__, "-", error)
