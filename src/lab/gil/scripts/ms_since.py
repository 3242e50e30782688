

def ms_since(start):
    return 1000 * (time.perf_counter() - start)
