import multiprocessing as mp
import sys
from concurrent.futures import ProcessPoolExecutor

# At once: lines of two processes must not mix.
sys.stdout.write(f"{__name__} {mp.current_process().name.partition('-')[0]}\n")


def set_up(given):
    global counter
    counter = given


def count(number):
    with counter.get_lock():
        counter.value += number
    return number


def refused(what):
    raise SystemExit("never called")


if __name__ == "__main__":
    counter = mp.Value("q", 0)
    with mp.Pool(2, set_up, (counter,)) as pool:
        print(pool.map(count, range(10)), counter.value)
        for what in (mp.Queue(), mp.Lock(), counter, mp.Condition(), mp.Event()):
            try:
                pool.apply(refused, (what,))
            except RuntimeError as error:
                print(error)
    with ProcessPoolExecutor(1, initializer=set_up, initargs=(counter,)) as executor:
        print(list(executor.map(count, range(5))), counter.value)
        try:
            executor.submit(refused, mp.Queue()).result()
        except RuntimeError as error:
            print(error)
