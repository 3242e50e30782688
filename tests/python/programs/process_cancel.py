# checks: a call that waits can be cancelled, one that runs can't
import time
from concurrent.futures import CancelledError, ProcessPoolExecutor


def nap(x):
    time.sleep(0.4)
    return x


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=1) as executor:
        futures = [executor.submit(nap, x) for x in range(6)]
        time.sleep(0.1)
        print(futures[0].cancel(), futures[5].cancel(), futures[5].cancelled(), futures[5].done())
        try:
            futures[5].result()
        except CancelledError as error:
            print("cancelled", repr(error))
        print([future.result() for future in futures[:5]])
