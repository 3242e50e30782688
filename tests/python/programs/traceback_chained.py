# checks: exceptions that are raised from others, and while others are handled
def load(values, key):
    try:
        return values[key]
    except KeyError as error:
        raise ValueError(f"no {key!r}") from error


try:
    load({}, "a")
except ValueError:
    load({}, "b").strip()
