# checks: prime numbers by slices
import numpy as np

is_prime = np.ones(200, dtype=bool)
is_prime[:2] = False
for n in range(2, 15):
    if is_prime[n]:
        is_prime[n * n :: n] = False
primes = np.flatnonzero(is_prime)
print(primes, primes.size, np.diff(primes).max(), np.bincount(np.diff(primes)))
print(primes[np.isin(primes + 2, primes)])
