# checks: random with a seed gives CPython's numbers
import random

rng = random.Random(42)
print(rng.random(), rng.uniform(-1, 1), rng.gauss(0.0, 1.0), rng.normalvariate(1.0, 0.1))
print(rng.randint(1, 6), rng.randrange(0, 100, 5), rng.choice("abc"), rng.sample(range(100), 5))
items = list(range(10))
rng.shuffle(items)
print(items, rng.choices("ab", weights=[1, 3], k=6), rng.getrandbits(64))
random.seed("text")
print(random.random(), random.expovariate(2.0), random.betavariate(2, 3), random.triangular(0, 1))
