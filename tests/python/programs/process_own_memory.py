# checks: a process has globals of its own: what it changes, nobody else sees
from concurrent.futures import ProcessPoolExecutor

counter = 0
history = []


def count(x):
    global counter
    counter += 1
    history.append(x)
    return counter, list(history)


if __name__ == "__main__":
    counter = 100
    with ProcessPoolExecutor(1) as executor:
        print(list(executor.map(count, "abc")))
    print(counter, history)
    numbers = [1, 2]
    with ProcessPoolExecutor(1) as executor:
        executor.submit(numbers.append, 3).result()
    print(numbers)
