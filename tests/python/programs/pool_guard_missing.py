# checks: without the guard Pool's processes die while they import the script, and are replaced for ever
# ignore-stderr: how many processes were started until the time was over
import multiprocessing

pool = multiprocessing.Pool(1)
try:
    pool.apply_async(abs, (-1,)).get(timeout=2)
except multiprocessing.TimeoutError:
    print("no answer")
pool.terminate()
