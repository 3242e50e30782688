# checks: what was submitted is still done at the end of the script, without shutdown
from concurrent.futures import ProcessPoolExecutor


def work(x):
    return x + 1


def tell(future):
    print("done:", future.result())


if __name__ == "__main__":
    executor = ProcessPoolExecutor(1)
    for x in range(3):
        executor.submit(work, x).add_done_callback(tell)
    print("end of the script")
