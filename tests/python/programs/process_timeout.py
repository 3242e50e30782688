# checks: result(timeout) raises TimeoutError, and the call goes on
import time
from concurrent.futures import ProcessPoolExecutor, TimeoutError


def late():
    time.sleep(0.6)
    return "here"


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(late)
        try:
            future.result(timeout=0.1)
        except TimeoutError as error:
            print("too early:", type(error).__name__, TimeoutError is type(error), repr(str(error)))
        print(future.result(timeout=30))
