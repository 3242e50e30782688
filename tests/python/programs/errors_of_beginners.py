# checks: the texts of everyday errors
def show(call):
    try:
        call()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


show(lambda: undefined_name)
show(lambda: 1 / 0)
show(lambda: [1, 2][5])
show(lambda: {"a": 1}["b"])
show(lambda: int("x"))
show(lambda: "a" + 1)
show(lambda: None.upper())
show(lambda: (lambda x: x)())
show(lambda: sum(1))
a, b = 1, 2
try:
    a, b = [1, 2, 3]
except ValueError as error:
    print(str(error).startswith("too many values to unpack (expected 2"))
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name)
