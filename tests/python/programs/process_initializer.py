# checks: the initializer runs once in each process, before its first call
from concurrent.futures import ProcessPoolExecutor

scale = None


def set_scale(value):
    global scale
    assert scale is None
    scale = value


def scaled(x):
    return scale * x


if __name__ == "__main__":
    with ProcessPoolExecutor(2, initializer=set_scale, initargs=(10,)) as executor:
        print(list(executor.map(scaled, range(5))))
    print(scale)
