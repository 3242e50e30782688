# checks: BrokenProcessPool can be caught, and names what happened
# ignore-stderr: the child's traceback is compared by process_guard_missing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

try:
    with ProcessPoolExecutor(max_workers=1) as executor:
        print(executor.submit(abs, -1).result())
except BrokenProcessPool as error:
    print(type(error).__name__, error)
