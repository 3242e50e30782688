# Names that are nearly right: of variables, attributes, modules' functions and keywords.
import math
import traceback

count = 3


class Model:
    def __init__(self):
        self.executor = None

    def step(self, width, *, height=1):
        return width * height


def local():
    total = 1
    return totl + total


def keyword():
    Model().step(1, heigth=2)


def nothing_near():
    Model().step(1, zzz=2)


for wrong in (lambda: cuont, local, lambda: Model().exekutor, lambda: math.sqr(2), keyword, nothing_near, lambda: pritn(1)):
    try:
        wrong()
    except Exception as error:
        print("".join(traceback.format_exception_only(error)), end="")
