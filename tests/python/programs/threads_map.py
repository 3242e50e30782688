# checks: ThreadPoolExecutor: map in order, results shared in memory
from concurrent.futures import ThreadPoolExecutor

seen = []


def square(x):
    seen.append(x)
    return x * x


with ThreadPoolExecutor(max_workers=3) as executor:
    print(list(executor.map(square, range(8))))
print(sorted(seen))
