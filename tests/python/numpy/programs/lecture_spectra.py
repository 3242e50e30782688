# checks: spectra of many signals one by one, by threads and by processes
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np

SAMPLES = 256


def signal(seed):
    rng = np.random.default_rng(seed)
    t = np.arange(SAMPLES) / SAMPLES
    return np.sin(2 * np.pi * (3 + seed) * t) + 0.2 * rng.standard_normal(SAMPLES)


def strongest(seed):
    power = np.abs(np.fft.rfft(signal(seed))) ** 2
    return int(power.argmax()), round(float(power.max() / power.sum()), 9)


if __name__ == "__main__":
    seeds = list(range(8))
    serial = [strongest(seed) for seed in seeds]
    for seed, (frequency, share) in zip(seeds, serial):
        print(seed, frequency, share)
    for executor_class in (ThreadPoolExecutor, ProcessPoolExecutor):
        with executor_class(max_workers=2) as executor:
            print(executor_class.__name__, list(executor.map(strongest, seeds)) == serial)
    together = np.abs(np.fft.rfft(np.array([signal(seed) for seed in seeds]), axis=1)) ** 2
    print(together.shape, together.argmax(axis=1).tolist() == [frequency for frequency, _ in serial])
