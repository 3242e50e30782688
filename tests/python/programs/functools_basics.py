# checks: functools: lru_cache, cache, partial, reduce, wraps, singledispatch, cached_property, total_ordering
import functools


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(60), fibonacci.cache_info())
print(functools.partial(int, base=2)("101"), functools.reduce(lambda a, b: a * b, range(1, 6)))


def twice(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args), function(*args)

    return wrapper


@twice
def name(x):
    """Gives its argument."""
    return x


print(name("x"), name.__name__, name.__doc__)


@functools.singledispatch
def kind(x):
    return "something"


@kind.register
def _(x: int):
    return "a number"


print(kind(1), kind("a"))


class Squares:
    @functools.cached_property
    def values(self):
        print("computing")
        return [x * x for x in range(3)]


squares = Squares()
print(squares.values, squares.values)
