outside = []  # how long each task did without the interpreter, s


def task(number):
    """A loop in Python, then a wait, as for a file: that releases the lock."""
    x, y, z = 1.0, 1.0 + 0.001 * number, 20.0
    for _ in range(STEPS):
        dx, dy, dz = 10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z
        x, y, z = x + 0.01 * dx, y + 0.01 * dy, z + 0.01 * dz
    start = time.perf_counter()
    time.sleep(WAIT)
    outside.append(time.perf_counter() - start)
    return x
