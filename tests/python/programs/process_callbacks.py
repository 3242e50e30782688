# checks: add_done_callback is called with the future, also when it is already done
from concurrent.futures import ProcessPoolExecutor

seen = []


def note(future):
    seen.append(future.result())


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(abs, -1)
        future.add_done_callback(note)
        future.result()
    future.add_done_callback(note)
    print(seen)
