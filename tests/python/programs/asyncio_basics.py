# Coroutines that take turns: tasks, waiting, queues, locks, time limits.
import asyncio
import time


async def step(name, delay, log):
    log.append(f"{name} begins")
    await asyncio.sleep(delay)
    log.append(f"{name} ends")
    return name


async def main():
    log = []
    began = time.perf_counter()
    print(await asyncio.gather(step("a", 0.1, log), step("b", 0.05, log)), log, time.perf_counter() - began < 0.15)
    queue = asyncio.Queue(maxsize=1)

    async def producer():
        for i in range(3):
            await queue.put(i)
        await queue.put(None)

    async with asyncio.TaskGroup() as group:
        group.create_task(producer())
        while (item := await queue.get()) is not None:
            print("got", item)
    lock = asyncio.Lock()
    async with lock:
        print(lock.locked())
    try:
        async with asyncio.timeout(0.02):
            await asyncio.sleep(5)
    except TimeoutError:
        print("too late")
    task = asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(5))
            group.create_task(fails())
    except* ValueError as errors:
        print(errors.exceptions)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0.01, "x"))], timeout=1)
    print(done.pop().result(), pending)
    for future in asyncio.as_completed([asyncio.sleep(0.02, 2), asyncio.sleep(0.01, 1)]):
        print(await future)


async def fails():
    raise ValueError("no")


asyncio.run(main())
