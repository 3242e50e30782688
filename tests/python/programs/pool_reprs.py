# The names of what a pool hands out.
import multiprocessing


def half(x):
    if x % 2:
        raise ValueError(f"{x} is odd")
    return x // 2


if __name__ == "__main__":
    pool = multiprocessing.Pool(1)
    late = pool.map_async(half, [0, 2, 3, 4])
    try:
        late.successful()
    except ValueError as error:
        print(error)
    results = pool.apply_async(half, (2,)), late, pool.imap(half, [2]), pool.imap_unordered(half, [2])
    for result in results:
        print(f"{type(result).__module__}.{type(result).__qualname__}")
    print(results[0].get(), pool)
    pool.terminate()
    print(pool)
