"""Polynomials as their coefficients, the highest power first.

From `_numpy`: array, asarray, concatenate, dot, logical_or, ones, sqrt, zeros.
"""

from _numpy import array, asarray, concatenate, dot, logical_or, ones, sqrt, zeros

from ._axes import _with_ndim
from ._calculus import convolve
from ._comparing import allclose, iscomplex, isscalar
from ._creation import diag, vander
from ._joining import trim_zeros
from ._limits import finfo
from .exceptions import RankWarning
from .linalg import eigvals, inv, lstsq


def poly(seq_of_zeros):
    zeros_of = _with_ndim(seq_of_zeros, 1)
    shape = zeros_of.shape
    if len(shape) == 2 and shape[0] == shape[1] != 0:
        zeros_of = eigvals(zeros_of)
    elif len(shape) != 1:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    elif zeros_of.dtype.kind not in "fc":
        zeros_of = zeros_of.astype(float)
    if not len(zeros_of):
        return 1.0
    a = ones(1, zeros_of.dtype)
    for zero in zeros_of:
        a = convolve(a, array([1, -zero], zeros_of.dtype))
    if a.dtype.kind == "c":
        # Zeros in conjugate pairs belong to real coefficients.
        there, mirrored = asarray(zeros_of, complex).copy(), zeros_of.conj()
        there.sort()
        mirrored.sort()
        if (there == mirrored).all():
            a = a.real.copy()
    return a


def roots(p):
    p = _with_ndim(p, 1)
    if p.ndim != 1:
        raise ValueError("Input must be a rank-1 array.")
    there = p.ravel().nonzero()[0]
    if not len(there):
        return array([])
    at_zero = len(p) - int(there[-1]) - 1
    p = p[int(there[0]) : int(there[-1]) + 1]
    if p.dtype.kind not in "fc":
        p = p.astype(float)
    if len(p) > 1:
        companion = diag(ones(len(p) - 2, p.dtype), -1)
        companion[0, :] = -p[1:] / p[0]
        found = eigvals(companion)
        if companion.dtype.kind != "c" and (found.imag == 0).all():
            found = found.real
    else:
        found = array([])
    return concatenate((found, zeros(at_zero, found.dtype)))


def polyval(p, x):
    p = asarray(p)
    if isinstance(x, poly1d):
        y = 0
    else:
        x = asarray(x)
        y = zeros(x.shape, x.dtype)[()]
    for coefficient in p:
        y = y * x + coefficient
    return y


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    order = int(deg) + 1
    x, y = asarray(x) + 0.0, asarray(y) + 0.0
    if deg < 0:
        raise ValueError("expected deg >= 0")
    if x.ndim != 1:
        raise TypeError("expected 1D vector for x")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim not in (1, 2):
        raise TypeError("expected 1D or 2D array for y")
    if x.shape[0] != y.shape[0]:
        raise TypeError("expected x and y to have same length")
    if rcond is None:
        rcond = len(x) * finfo(x.dtype).eps
    left, right = vander(x, order), y
    if w is not None:
        w = asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        left = left * w[:, None]
        right = right * (w[:, None] if y.ndim == 2 else w)
    # Columns of one length make the problem better conditioned.
    scale = sqrt((left * left).sum(0))
    left = left / scale
    c, residuals, rank, s = lstsq(left, right, rcond)
    c = (c.T / scale).T
    if rank != order and not full:
        import warnings

        warnings.warn("Polyfit may be poorly conditioned", RankWarning, stacklevel=2)
    if full:
        return c, residuals, rank, s, rcond
    if not cov:
        return c
    base = inv(dot(left.T, left)) / (scale[:, None] * scale[None, :])
    factor = 1
    if cov != "unscaled":
        if len(x) <= order:
            raise ValueError("the number of data points must exceed order to scale the covariance matrix")
        factor = residuals / (len(x) - order)
    return c, (base if y.ndim == 1 else base[:, :, None]) * factor


def _result(val, *of):
    return poly1d(val) if any([isinstance(one, poly1d) for one in of]) else val


def _aligned(a1, a2):
    a1, a2 = [one.coeffs if isinstance(one, poly1d) else _with_ndim(one, 1) for one in (a1, a2)]
    n = max(len(a1), len(a2))
    return [concatenate((zeros(n - len(a), a.dtype), a)) if len(a) < n else a for a in (a1, a2)]


def polyadd(a1, a2):
    left, right = _aligned(a1, a2)
    return _result(left + right, a1, a2)


def polysub(a1, a2):
    left, right = _aligned(a1, a2)
    return _result(left - right, a1, a2)


def polymul(a1, a2):
    return _result(convolve(poly1d(a1).coeffs, poly1d(a2).coeffs), a1, a2)


def polydiv(u, v):
    top, below = [(one.coeffs if isinstance(one, poly1d) else _with_ndim(one, 1)) + 0.0 for one in (u, v)]
    dtype = (top[0] + below[0]).dtype
    n, steps = len(below), len(top) - len(below) + 1
    quotient, rest = zeros(max(steps, 1), dtype), top.astype(dtype)
    scale = 1.0 / below[0]
    for k in range(steps):
        d = scale * rest[k]
        quotient[k] = d
        rest[k : k + n] -= d * below
    while allclose(rest[0], 0, rtol=1e-14) and rest.shape[-1] > 1:
        rest = rest[1:]
    return _result(quotient, u, v), _result(rest, u, v)


def polyder(p, m=1):
    m = int(m)
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    val = p.coeffs if isinstance(p, poly1d) else asarray(p)
    for _ in range(m):
        val = val[:-1] * asarray(range(len(val) - 1, 0, -1), int)
    return _result(val, p)


def polyint(p, m=1, k=None):
    m = int(m)
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    k = _with_ndim(zeros(m) if k is None else k, 1)
    if len(k) == 1 and m > 1:
        k = k[0] * ones(m)
    if len(k) < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    val = p.coeffs if isinstance(p, poly1d) else asarray(p)
    for constant in k[:m]:
        val = concatenate((val / asarray(range(len(val), 0, -1), int), [constant]))
    return _result(val, p)


def _number(x):
    if not iscomplex(x):
        return f"{x.real:.4g}"
    return f"{x.imag:.4g}j" if x.real == 0 else f"({x.real:.4g} + {x.imag:.4g}j)"


class poly1d:
    """A polynomial in one variable, with which one calculates as with numbers."""

    __hash__ = None
    __array_ufunc__ = None

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            self.coeffs = c_or_r.coeffs
            self.variable = variable or c_or_r.variable
            return
        c = _with_ndim(poly(c_or_r) if r else c_or_r, 1)
        if c.ndim > 1:
            raise ValueError("Polynomial must be 1d only.")
        c = trim_zeros(c, "f")
        self.coeffs = c if len(c) else zeros(1, c.dtype)
        self.variable = variable or "x"

    @property
    def order(self):
        return len(self.coeffs) - 1

    @property
    def roots(self):
        return roots(self.coeffs)

    o, r = order, roots

    @property
    def coefficients(self):
        return self.coeffs

    c = coef = coefficients

    def __array__(self, dtype=None, copy=None):
        return asarray(self.coeffs, dtype)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __len__(self):
        return self.order

    def __str__(self):
        coeffs = self.coeffs[logical_or.accumulate(self.coeffs != 0)]
        terms = []
        for place, c in enumerate(coeffs):
            power, text = len(coeffs) - 1 - place, _number(c)
            if text == "0" and (place or power):
                continue
            terms.append(text if power == 0 else f"{text} {self.variable}" + (f"**{power}" if power > 1 else ""))
        if not terms:
            return _with_raised_powers("0")
        line = terms[0]
        for term in terms[1:]:
            line += f" - {term[1:]}" if term.startswith("-") else f" + {term}"
        return _with_raised_powers(line)

    def __call__(self, val):
        return polyval(self.coeffs, val)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __pos__(self):
        return self

    def __mul__(self, other):
        return poly1d(self.coeffs * other) if isscalar(other) else polymul(self, poly1d(other))

    __rmul__ = __mul__

    def __add__(self, other):
        return polyadd(self, poly1d(other))

    __radd__ = __add__

    def __sub__(self, other):
        return polysub(self, poly1d(other))

    def __rsub__(self, other):
        return polysub(poly1d(other), self)

    def __pow__(self, val):
        if not isscalar(val) or int(val) != val or val < 0:
            raise ValueError("Power to non-negative integers only.")
        res = poly1d([1])
        for _ in range(int(val)):
            res = polymul(self, res)
        return res

    def __truediv__(self, other):
        return poly1d(self.coeffs / other) if isscalar(other) else polydiv(self, poly1d(other))

    def __rtruediv__(self, other):
        return poly1d(other / self.coeffs) if isscalar(other) else polydiv(poly1d(other), self)

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        return self.coeffs.shape == other.coeffs.shape and bool((self.coeffs == other.coeffs).all())

    def __getitem__(self, power):
        if not 0 <= power <= self.order:
            return self.coeffs.dtype.type(0)
        return self.coeffs[self.order - power]

    def __setitem__(self, power, val):
        if power < 0:
            raise ValueError("Does not support negative powers.")
        if power > self.order:
            self.coeffs = concatenate((zeros(power - self.order, self.coeffs.dtype), self.coeffs))
        self.coeffs[self.order - power] = val

    def __iter__(self):
        return iter(self.coeffs)

    def integ(self, m=1, k=0):
        return poly1d(polyint(self.coeffs, m, k))

    def deriv(self, m=1):
        return poly1d(polyder(self.coeffs, m))


def _with_raised_powers(text, wrap=70):
    """The powers in a line above their variables."""
    above, below, done = "", "", [" "]
    rest = text
    while "**" in rest:
        head, _, tail = rest.partition("**")
        digits = len(tail) - len(tail.lstrip("0123456789"))
        power, rest = tail[:digits], tail[digits:]
        upper = above + " " * (len(head) - 1) + power
        lower = below + head + " " * (digits - 1)
        if len(lower) > wrap and below:
            done.append(above + "\n" + below + "\n ")
            above, below = " " * (len(head) - 1) + power, head + " " * (digits - 1)
        else:
            above, below = upper, lower
    return "".join(done) + above + "\n" + below + rest
