# checks: an exception in a thread is printed, the script goes on; threading.excepthook replaces that
import threading


def fail():
    raise ValueError("lost in a thread")


thread = threading.Thread(target=fail, name="unlucky")
thread.start()
thread.join()
print("still here")


def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hook
thread = threading.Thread(target=fail, name="caught")
thread.start()
thread.join()
