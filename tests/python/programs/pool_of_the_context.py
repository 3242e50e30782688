# checks: get_context, get_start_method, cpu_count
import multiprocessing
import os

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    print(context.get_start_method(), multiprocessing.get_start_method())
    with context.Pool(1) as pool:
        print(pool.apply(abs, (-4,)))
    print(multiprocessing.cpu_count() == os.cpu_count() >= 1, os.process_cpu_count() >= 1)
    try:
        multiprocessing.get_context("magic")
    except ValueError as error:
        print(error)
    multiprocessing.set_start_method("spawn", force=True)
    print(multiprocessing.get_start_method())
    try:
        multiprocessing.set_start_method("spawn")
    except RuntimeError as error:
        print(error)
