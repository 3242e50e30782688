# checks: threads that share numpy's global generator: who gets which number is chance, which numbers is not
import threading

import numpy as np

np.random.seed(77)
expected = np.random.random_sample(40)
np.random.seed(77)
drawn = [[] for _ in range(4)]


def draw(mine):
    for _ in range(10):
        mine.append(np.random.random_sample())


threads = [threading.Thread(target=draw, args=(mine,)) for mine in drawn]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(np.array_equal(np.sort(np.concatenate(drawn)), np.sort(expected)), np.random.random_sample())
