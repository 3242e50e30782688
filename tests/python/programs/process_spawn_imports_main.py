# checks: a child imports the script anew, as __mp_main__
import time
from concurrent.futures import ProcessPoolExecutor

print("importing", __name__)


def name():
    return __name__


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(name(), executor.submit(name).result())
        print(name.__module__, executor.submit(name).done() in (True, False))
