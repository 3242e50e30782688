# checks: classes: inheritance, properties, operators, context managers, descriptors, match
from contextlib import contextmanager
from enum import Enum


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    @property
    def length(self):
        return (self.x**2 + self.y**2) ** 0.5


class Color(Enum):
    RED = 1
    BLUE = 2


@contextmanager
def announced(name):
    print("enter", name)
    try:
        yield name.upper()
    finally:
        print("leave", name)


def describe(thing):
    match thing:
        case Vector(x=0, y=y):
            return f"vertical {y}"
        case [first, *rest]:
            return f"{first} and {len(rest)} more"
        case {"kind": kind}:
            return kind
        case int() | float() as number if number > 0:
            return "positive"
        case _:
            return "unknown"


print(Vector(1, 2) + Vector(3, 4) == Vector(4, 6), Vector(3, 4).length, Color.RED, Color(2).name, list(Color))
with announced("block") as name:
    print(name)
print([describe(thing) for thing in (Vector(0, 3), [1, 2, 3], {"kind": "dict"}, 5, -5)])
try:
    Vector(1, 2).length = 3
except AttributeError as error:
    print(type(error).__name__)
