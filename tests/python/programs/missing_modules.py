# self-checking: what is not here is told with a reason; CPython has some of it
# not-in-stand-in: its unittest is CPython's, with mock


for name in ("pandas", "xarray", "scipy", "matplotlib", "dask", "numba"):
    try:
        __import__(name)
    except ImportError as error:
        assert error.name == name and len(str(error)) > 40, error
        print(name, "-", error)
    else:
        raise SystemExit(f"{name} is there")
try:
    import numba
except ModuleNotFoundError as error:
    assert "lab.kernels" in str(error)

for name, leads_to in (
    ("from concurrent import interpreters", "InterpreterPoolExecutor"),
    ("import concurrent.interpreters", "InterpreterPoolExecutor"),
    ("from unittest import mock", "only what its lessons need"),
):
    try:
        exec(name)
    except ImportError as error:
        assert leads_to in str(error), error
        print(error)
    else:
        raise SystemExit(f"{name} is there")
