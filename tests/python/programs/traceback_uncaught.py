# checks: the traceback of an uncaught exception
def outer(x):
    return inner(x - 1)


def inner(x):
    return 10 / x


print("before")
outer(1)
print("never")
