# checks: terminate and kill end a process that sleeps; active_children; daemon
import multiprocessing
import time


def sleep():
    time.sleep(60)


if __name__ == "__main__":
    process = multiprocessing.Process(target=sleep)
    process.start()
    print(process.is_alive(), multiprocessing.active_children() == [process])
    process.join(timeout=0.05)
    print(process.exitcode)
    process.terminate()
    process.join()
    print(process.exitcode, process.is_alive(), multiprocessing.active_children())
    process.close()
    try:
        process.is_alive()
    except ValueError as error:
        print(error)
    daemon = multiprocessing.Process(target=sleep, daemon=True)
    daemon.start()
    print(daemon.daemon)
