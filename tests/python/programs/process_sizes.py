# checks: small and large arguments, one after the other and ahead of each other, keep their order
import pickle
from concurrent.futures import ProcessPoolExecutor


def measure(data):
    return len(data), data[-1]


if __name__ == "__main__":
    sizes = [10, 40_000, 20, 100_000, 33_000, 5, 32_000, 32_500, 32_700, 31_000] * 4
    messages = [bytes([i]) * size for i, size in enumerate(sizes)]
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as executor:
            results = list(executor.map(measure, messages))
        print(results == [(size, i) for i, size in enumerate(sizes)], results[:3])
    print(len(pickle.dumps(messages)) > sum(sizes))
