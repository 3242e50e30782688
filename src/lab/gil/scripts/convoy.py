

def busy(seconds):
    """Computes without a pause."""
    end = time.perf_counter() + seconds
    counted = 0
    while time.perf_counter() < end:
        for _ in range(1000):
            counted += 1


def trip():
    """A small request: the answer is there after a millisecond. How long until it is read?"""
    start = time.perf_counter()
    time.sleep(0.001)
    return 1000 * (time.perf_counter() - start)


def median(values):
    return sorted(values)[len(values) // 2]
