# checks: exceptions through ThreadPoolExecutor: the same object, no remote traceback
from concurrent.futures import ThreadPoolExecutor

problem = ValueError("from a thread")


def fail():
    raise problem


with ThreadPoolExecutor(1) as executor:
    future = executor.submit(fail)
    print(future.exception() is problem, problem.__cause__)
    try:
        future.result()
    except ValueError as error:
        print("caught", error)
