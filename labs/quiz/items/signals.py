"""A Fourier transform written as a Python loop, of many signals."""

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from math import cos, pi, sin

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

SIGNALS = 1000  #@param {type: "integer", min: 1, max: 10000}
POINTS = 64
WORKERS = 2
STEP = 2 * pi / POINTS
TURNS = [complex(cos(STEP * k), -sin(STEP * k)) for k in range(POINTS)]


def fft(x):
    """The transform of x, whose length is a power of two."""
    if len(x) == 1:
        return x
    turns = zip(TURNS[:: POINTS // len(x)], fft(x[1::2]))
    pairs = [(a, turn * b) for a, (turn, b) in zip(fft(x[::2]), turns)]
    return [a + b for a, b in pairs] + [a - b for a, b in pairs]


def strongest(number):
    """Makes a signal where it is needed: how strong is its strongest part?"""
    wave = [TURNS[k * number % POINTS].imag for k in range(POINTS)]
    return max(abs(value) for value in fft(wave))


def timed(executor=None):
    """Milliseconds that it takes, the start of its workers included."""
    start = time.perf_counter()
    if executor is None:
        [strongest(number) for number in range(SIGNALS)]
    else:
        with executor(max_workers=WORKERS) as pool:
            list(pool.map(strongest, range(SIGNALS), chunksize=50))
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    serial = timed()
    tell("serial_ms", serial)
    tell("processes_ms", timed(ProcessPoolExecutor))
    threads = timed(ThreadPoolExecutor)
    tell("threads_ms", threads)
    tell("threads_gain", round(serial / max(threads, 0.1), 2))
    again = timed()  # as long as at first, where nothing else was busy
    tell("pace", round(max(serial, again) / max(min(serial, again), 0.1), 2))
