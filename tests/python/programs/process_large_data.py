# checks: megabytes travel, and come back the same
from concurrent.futures import ProcessPoolExecutor


def checksum(data):
    return len(data), sum(data[::1000]) % 251, data[-3:]


def double(values):
    return [2 * value for value in values]


if __name__ == "__main__":
    data = bytes(i % 256 for i in range(256)) * 8192
    values = [i / 7 for i in range(20000)]
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(checksum, data).result())
        doubled = executor.submit(double, values).result()
        print(doubled == [2 * value for value in values], len(doubled))
