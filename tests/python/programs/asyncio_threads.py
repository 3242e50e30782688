# Blocking calls beside coroutines: in threads, in processes.
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


async def main():
    began = time.perf_counter()
    await asyncio.gather(*(asyncio.to_thread(time.sleep, 1) for _ in range(3)))
    print("overlap", time.perf_counter() - began < 2.5)
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(2) as executor:
        print(await asyncio.gather(*(loop.run_in_executor(executor, square, x) for x in range(4))))


if __name__ == "__main__":
    asyncio.run(main())
