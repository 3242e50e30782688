# checks: work on arrays from coroutines, in threads
import asyncio

import numpy as np


def heavy(seed):
    return np.random.default_rng(seed).random(1000).sum()


async def main():
    results = await asyncio.gather(*(asyncio.to_thread(heavy, seed) for seed in range(4)))
    total = np.zeros(1)

    async def add(value):
        await asyncio.sleep(0)
        total[0] += value

    await asyncio.gather(*map(add, results))
    print(results == [heavy(seed) for seed in range(4)], total[0] == sum(results), total.sum().round(9))


asyncio.run(main())
