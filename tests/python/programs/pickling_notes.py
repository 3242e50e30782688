# Notes come back from a process with their exception, and are printed.
from concurrent.futures import ProcessPoolExecutor


class ParseError(Exception):
    pass


def parse(text):
    try:
        return int(text)
    except ValueError as error:
        new = ParseError(f"cannot parse {text!r}")
        new.add_note("a note from the worker")
        new.line = 7
        raise new from error


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        error = executor.submit(parse, "twelve").exception()
        print(repr(error), error.line, error.__notes__)
        print(type(error.__cause__).__name__, error.__context__)
        print("direct cause" in str(error.__cause__), "a note from the worker" in str(error.__cause__))
        raise error
