# checks: timeit gives seconds for so many rounds
import timeit

seconds = timeit.timeit("sum(range(100))", number=100)
print(0 < seconds < 10, timeit.timeit(lambda: None, number=5) >= 0)
