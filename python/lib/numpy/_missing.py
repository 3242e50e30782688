"""What is said of a name that is not there: NumPy's words where NumPy has it neither, else that the lab's has it not.

Takes nothing from `_numpy`.
"""

_DISTRIBUTIONS = (
    "chisquare dirichlet f geometric gumbel hypergeometric laplace logistic logseries multinomial multivariate_normal "
    "negative_binomial noncentral_chisquare noncentral_f pareto power rayleigh standard_cauchy standard_t triangular "
    "vonmises wald weibull zipf"
)
_ABSENT = {
    "numpy": (
        "asmatrix bitwise_count bmat busday_count busday_offset busdaycalendar byte bytes_ char character "
        "clongdouble common_type complex256 complex64 core csingle ctypeslib datetime64 datetime_as_string "
        "datetime_data dtypes einsum_path emath f2py flexible float128 float16 from_dlpack fromfile "
        "frompyfunc fromregex fromstring genfromtxt get_include getbufsize half info int16 int8 is_busday "
        "isfortran isnat lib load loadtxt longdouble ma mask_indices matrix memmap mintypecode nested_iters "
        "object_ packbits polynomial rec recarray record require save savetxt savez savez_compressed sctypeDict "
        "setbufsize short show_config show_runtime sort_complex str_ strings test timedelta64 typename "
        "typing uint uint16 uint32 uint64 uintc uintp ulong ulonglong "
        "unpackbits ushort void"
    ),
    "numpy.random": f"Philox PCG64DXSM SFC64 {_DISTRIBUTIONS}",
    "numpy.linalg": "",
    "numpy.fft": "",
    "numpy.testing": (
        "IgnoreException KnownFailureException SkipTest TestCase assert_array_max_ulp assert_no_gc_cycles "
        "assert_no_warnings assert_string_equal assert_warns break_cycles clear_and_catch_warnings decorate_methods "
        "measure memusage rundocs runstring suppress_warnings tempdir temppath"
    ),
}
_OF_OBJECTS = {
    "numpy.ndarray": "byteswap ctypes data device dump dumps getfield resize setfield to_device tofile",
    "numpy.dtype": "base descr flags isalignedstruct isbuiltin metadata subdtype",
    "numpy.random.Generator": f"{_DISTRIBUTIONS} multivariate_hypergeometric",
    "numpy.random.RandomState": f"{_DISTRIBUTIONS} tomaxint",
}
_INSTEAD = {
    "resize": "arrays of the lab keep their size: np.resize(a, shape) gives another one",
    "data": "arrays of the lab share no memory with buffers: a.tobytes() copies",
    "ctypes": "arrays of the lab share no memory with ctypes: a.tobytes() copies",
    "tofile": "it writes no files: a.tobytes() gives what would be written",
    "dump": "it writes no files: pickle.dumps(a) gives what would be written",
    "dumps": "pickle.dumps(a) does the same",
    "fromstring": "np.array(text.split(), dtype=float) reads numbers from a text",
}
_FILES = "fromfile genfromtxt load loadtxt memmap save savetxt savez savez_compressed fromregex".split()
_DTYPES = (
    "bytes_ character clongdouble complex256 complex64 csingle datetime64 flexible float128 float16 half int16 int8 "
    "longdouble object_ short str_ timedelta64 uint uint16 uint32 uint64 uintc uintp ulong ulonglong ushort void byte"
).split()
_REMOVED = {
    "Inf": "np.inf", "Infinity": "np.inf", "NINF": "-np.inf", "NZERO": "-0.0", "NaN": "np.nan", "PINF": "np.inf",
    "PZERO": "0.0", "alltrue": "np.all", "complex_": "np.complex128", "float_": "np.float64", "infty": "np.inf",
    "mat": "np.asmatrix", "round_": "np.round", "sometrue": "np.any", "string_": "np.bytes_", "unicode_": "np.str_",
    "issubsctype": "np.issubdtype", "cast": "np.asarray(arr, dtype=dtype)", "safe_eval": "ast.literal_eval",
}
_BUILTIN = {
    "object": "",
    "int": "When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify the precision. If you"
    " wish to review your current use, check the release note link for additional information.",
    "float": "If you specifically wanted the numpy scalar type, use `np.float64` here.",
    "complex": "If you specifically wanted the numpy scalar type, use `np.complex128` here.",
    "str": "If you specifically wanted the numpy scalar type, use `np.str_` here.",
}


def refusal(module, name, there):
    """The text of the AttributeError for a name that a module has not; `there` are those that it has."""
    if module == "numpy" and name in _REMOVED:
        return f"`np.{name}` was removed in the NumPy 2.0 release. Use `{_REMOVED[name]}` instead."
    if module == "numpy" and name in _BUILTIN:
        return (
            f"module 'numpy' has no attribute '{name}'.\n"
            f"`np.{name}` was a deprecated alias for the builtin `{name}`. To avoid this error in existing code, use "
            f"`{name}` by itself. Doing this will not modify any behavior and is safe. {_BUILTIN[name]}\n"
            "The aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original "
            "release note at:\n    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations"
        )
    if name not in _ABSENT.get(module, "").split():
        return f"module {module!r} has no attribute {name!r}"
    said = f"{module}.{name} is not in the lab's NumPy"
    if name in _INSTEAD:
        said += f": {_INSTEAD[name]}"
    elif name in _FILES:
        said += ", which reads and writes no files"
    elif name in _DTYPES:
        said += ", whose dtypes are bool, uint8, int32, int64, float32, float64 and complex128"
    else:
        near = _near(name, there)
        said += f"; near it: {', '.join(near)}" if near else ""
    return f"{said}. What is there: docs/python.md#numpy"


def error(module, name, there):
    """The AttributeError with it."""
    told = refusal(module, name, there)
    if "is not in the lab's NumPy" not in told:
        return AttributeError(told)
    # With its name but no object, it gets no "Did you mean": that would be another thing.
    return AttributeError(told, name=name)


def attribute_error(class_name, name):
    """The AttributeError for what the lab's objects of a class have not and NumPy's have, or None."""
    if name not in _OF_OBJECTS.get(class_name, "").split():
        return None
    told = f"{class_name}.{name} is not in the lab's NumPy"
    if name in _INSTEAD:
        told += f": {_INSTEAD[name]}"
    return AttributeError(f"{told}. What is there: docs/python.md#numpy", name=name)


def _near(name, there):
    """Up to three names that begin as it does, with three letters at least: the most alike first."""

    def alike(other):
        same = 0
        while same < min(len(name), len(other)) and name[same] == other[same]:
            same += 1
        return same, -abs(len(name) - len(other))

    return sorted([other for other in there if other[:3] == name[:3]], key=alike, reverse=True)[:3]
