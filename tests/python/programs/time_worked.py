# process_time and thread_time leave out what was slept, or waited for a lock, the GIL or a result.
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def work(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def spent(call):
    wall, process, thread = time.perf_counter(), time.process_time(), time.thread_time()
    call()
    return time.perf_counter() - wall, time.process_time() - process, time.thread_time() - thread


def worked_between_calls():
    return time.process_time()


def main():
    wall, process, thread = spent(lambda: time.sleep(0.4))
    print("asleep", wall > 0.39, process < 0.2, thread < 0.2)

    wall, process, thread = spent(lambda: work(0.3))
    print("at work", wall > 0.29, process > 0.29, thread > 0.29)

    lock = threading.Lock()
    lock.acquire()
    threading.Timer(0.4, lock.release).start()
    wall, process, thread = spent(lock.acquire)
    print("waiting for a lock", wall > 0.3, process < 0.2, thread < 0.2)

    with ThreadPoolExecutor(2) as executor:
        future = executor.submit(work, 0.3)
        wall, process, thread = spent(future.result)
        print("waiting for a thread", wall > 0.2, process > 0.2, thread < 0.2)
        both_are_up = threading.Barrier(2)

        def turns():
            both_are_up.wait()
            return spent(lambda: work(0.3))

        futures = [executor.submit(turns) for _ in range(2)]
        for future in futures:
            wall, process, thread = future.result()
            print("taking turns", wall > 1.4 * thread, process > 1.4 * thread, 0.29 < thread)

    with ProcessPoolExecutor(1) as executor:
        wall, process, thread = spent(executor.submit(work, 0.3).result)
        print("waiting for a process", wall > 0.29, process < 0.2, thread < 0.2)
        before = executor.submit(worked_between_calls).result()
        time.sleep(0.4)
        after = executor.submit(worked_between_calls).result()
        print("a process without work", 0 <= after - before < 0.2)

    print(time.process_time_ns() // 10**9 == int(time.process_time()), time.thread_time_ns() > 0)


def clocks():
    for name in ("monotonic", "perf_counter", "process_time", "thread_time", "time"):
        info = time.get_clock_info(name)
        kinds = type(info.implementation).__name__, 0 < info.resolution <= 0.1
        print(name, sorted(vars(info)), info.monotonic, info.adjustable, *kinds)
    try:
        time.get_clock_info("sun")
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
    clocks()
