# checks: an array split, summed by processes, and put together
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import Pool

import numpy as np


def part_sum(part):
    return part.sum()


def square_block(numbered):
    number, block = numbered
    return number, block**2


if __name__ == "__main__":
    a = np.arange(10_001)
    parts = np.array_split(a, 4)
    with ProcessPoolExecutor(2) as executor:
        print(sum(executor.map(part_sum, parts)) == a.sum(), [part.size for part in parts])
        futures = {executor.submit(part_sum, part): number for number, part in enumerate(parts)}
        sums = np.zeros(4, dtype=int)
        for future in as_completed(futures):
            sums[futures[future]] = future.result()
        print(sums)
    result = np.empty(12)
    with Pool(2) as pool:
        for number, block in pool.imap_unordered(square_block, enumerate(np.split(np.arange(12.0), 3))):
            result[number * 4 : number * 4 + 4] = block
        print(result, pool.starmap(np.full, [(2, 1.5), (3, 2)]))
