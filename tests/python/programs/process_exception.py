# checks: an exception in a child is raised by result(), with the child's traceback as its cause
from concurrent.futures import ProcessPoolExecutor


class NoSuchMember(Exception):
    pass


def integrate(member):
    if member == 3:
        raise NoSuchMember(f"member {member}")
    return 10 / member


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        futures = [executor.submit(integrate, member) for member in (0, 1, 3)]
        for future in futures:
            error = future.exception()
            print(type(error).__name__, error)
            if error is not None:
                cause = error.__cause__
                print(type(cause).__module__, type(cause).__name__, str(cause).splitlines()[-2])
        try:
            print(list(executor.map(integrate, [5, 2, 0, 1])))
        except ZeroDivisionError as error:
            print("map:", error)
