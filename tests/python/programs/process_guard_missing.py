# checks: without the __main__ guard the child tries to start a pool while it is imported: RuntimeError there,
# BrokenProcessPool here
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


with ProcessPoolExecutor(max_workers=1) as executor:
    print(list(executor.map(square, range(3))))
