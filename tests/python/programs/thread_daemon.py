# checks: the script does not wait for daemon threads, but for the others
import threading
import time


def forever():
    while True:
        time.sleep(0.01)


def short():
    time.sleep(0.2)
    print("the other one has ended")


daemon = threading.Thread(target=forever, daemon=True)
daemon.start()
threading.Thread(target=short).start()
print(daemon.daemon, daemon.is_alive())
