"""What the dtypes can hold. From `_numpy`: dtype, float32, float64."""

from _numpy import dtype as _dtype, float32, float64


class iinfo:
    """The least and the greatest number of an integer dtype."""

    def __init__(self, int_type):
        try:
            self.dtype = _dtype(int_type)
        except TypeError:
            self.dtype = _dtype(type(int_type))
        self.kind = self.dtype.kind
        self.bits = self.dtype.itemsize * 8
        self.key = f"{self.kind}{self.bits}"
        if self.kind not in "iu":
            raise ValueError(f"Invalid integer data type {self.kind!r}.")
        self.min = 0 if self.kind == "u" else -(1 << (self.bits - 1))
        self.max = (1 << self.bits if self.kind == "u" else 1 << (self.bits - 1)) - 1

    def __str__(self):
        return (
            f"Machine parameters for {self.dtype}\n"
            "---------------------------------------------------------------\n"
            f"min = {self.min!s}\nmax = {self.max!s}\n"
            "---------------------------------------------------------------\n"
        )

    def __repr__(self):
        return f"iinfo(min={self.min!s}, max={self.max!s}, dtype={self.dtype})"


class finfo:
    """The limits of a floating dtype; of a complex one, those of its parts."""

    def __init__(self, dtype):
        if dtype is None:
            raise TypeError("dtype must not be None")
        try:
            found = _dtype(dtype)
        except TypeError:
            found = _dtype(type(dtype))
        if found.kind not in "fc":
            raise ValueError(f"data type {found!r} not compatible with finfo")
        single = found.kind == "f" and found.itemsize == 4
        of = float32 if single else float64
        self.dtype = _dtype(of)
        self.bits = 32 if single else 64
        self.nmant, self.nexp, self.iexp = (23, 8, 8) if single else (52, 11, 11)
        self.minexp, self.maxexp = (-126, 128) if single else (-1022, 1024)
        self.machep, self.negep = -self.nmant, -self.nmant - 1
        self.precision = 6 if single else 15
        self.eps, self.epsneg = of(2.0**self.machep), of(2.0**self.negep)
        self.tiny = self.smallest_normal = of(2.0**self.minexp)
        self.smallest_subnormal = of(2.0 ** (self.minexp - self.nmant))
        self.max = of((2.0 - 2.0**self.machep) * 2.0 ** (self.maxexp - 1))
        self.min = -self.max
        self.resolution = of(10.0**-self.precision)

    def __str__(self):
        line = "---------------------------------------------------------------\n"
        return (
            f"Machine parameters for {self.dtype}\n{line}"
            f"precision = {self.precision}   resolution = {self.resolution!s}\n"
            f"machep = {self.machep}   eps =        {self.eps!s}\n"
            f"negep =  {self.negep}   epsneg =     {self.epsneg!s}\n"
            f"minexp = {self.minexp}   tiny =       {self.tiny!s}\n"
            f"maxexp = {self.maxexp}   max =        {self.max!s}\n"
            f"nexp =   {self.nexp}   min =        -max\n"
            f"smallest_normal = {self.smallest_normal!s}   smallest_subnormal = {self.smallest_subnormal!s}\n{line}"
        )

    def __repr__(self):
        return f"finfo(resolution={self.resolution!s}, min={self.min!s}, max={self.max!s}, dtype={self.dtype})"
