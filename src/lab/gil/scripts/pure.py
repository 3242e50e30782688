

def task(number):
    """A loop in Python: it needs the interpreter all the time."""
    x, y, z = 1.0, 1.0 + 0.001 * number, 20.0
    for _ in range(STEPS):
        dx, dy, dz = 10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z
        x, y, z = x + 0.01 * dx, y + 0.01 * dy, z + 0.01 * dz
    return x
