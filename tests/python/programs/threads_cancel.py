# checks: cancelling and shutdown(cancel_futures) with threads
import threading
from concurrent.futures import ThreadPoolExecutor

gate = threading.Event()
executor = ThreadPoolExecutor(1)
first = executor.submit(gate.wait)
others = [executor.submit(abs, -x) for x in range(3)]
print(first.running(), others[0].cancel(), others[0].cancelled())
gate.set()
print(first.result(), others[1].result())
executor.shutdown(cancel_futures=True)
try:
    executor.submit(abs, 1)
except RuntimeError as error:
    print(error)
