"""Linear algebra.

From `_numpy`: kernels for one matrix (2-d, float64 or complex128), which raise LinAlgError themselves: _solve(a, b)
with a matrix b, _inv(a), _det(a), _slogdet(a) -> (sign, logarithm), _eigvals(a), _eig(a) -> (values, vectors), both
complex, _eigvalsh(a), _eigh(a) -> (values, vectors), _cholesky(a), all three of the lower triangle,
_qr(a, complete) -> (q, r), _svd(a, full) -> (u, s, vh), _svdvals(a), _lstsq(a, b, rcond) -> (x, residuals, rank, s).
Also absolute, add, asarray, dot, matmul and others.
Stacks of matrices go through the kernels one by one.
"""

from collections import namedtuple
from operator import index

from _numpy import (
    _cholesky, _det, _eig, _eigh, _eigvals, _eigvalsh, _inv, _lstsq, _qr, _slogdet, _solve, _svd, _svdvals, absolute,
    add, asarray, broadcast_shapes, broadcast_to, copysign, divide, dot, dtype as _dtype, empty, float32, float64,
    inexact, int32, isfinite, isnan, matmul, reciprocal, sqrt,
)

from ._axes import matrix_transpose as matrix_transpose, moveaxis, normalize_axis_index
from ._choosing import take_along_axis
from ._creation import eye
from ._iteration import ndindex
from ._limits import finfo
from ._methods import diagonal as _diagonal, trace as _trace
from ._products import cross as _cross, outer as _outer, tensordot as tensordot, vecdot as vecdot

EigResult = namedtuple("EigResult", "eigenvalues eigenvectors")
EighResult = namedtuple("EighResult", "eigenvalues eigenvectors")
QRResult = namedtuple("QRResult", "Q R")
SlogdetResult = namedtuple("SlogdetResult", "sign logabsdet")
SVDResult = namedtuple("SVDResult", "U S Vh")


class LinAlgError(ValueError):
    """A matrix for which there is no result."""


def _stacked(a):
    a = asarray(a)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    return a


def _square(a):
    a = _stacked(a)
    if a.shape[-2] != a.shape[-1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    return a


def _computed(*arrays):
    """The arrays in the dtype that the kernels have, and the dtypes of results and of their real parts."""
    kinds = [a.dtype.kind for a in arrays]
    wide = "c" in kinds
    single = not wide and all([a.dtype.kind == "f" and a.dtype.itemsize == 4 for a in arrays])
    inner = complex if wide else float64
    result = _dtype(float32 if single else inner)
    real = _dtype(float32 if single else float64)
    return [a.astype(inner, copy=False) for a in arrays], result, real


def _each(kernel, a, shapes, dtypes):
    """The kernel's results for each matrix of a stack, in arrays of the stack's shape."""
    around = a.shape[:-2]
    if not around:
        found = kernel(a)
        return [asarray(one) for one in (found if len(shapes) > 1 else (found,))]
    results = [empty(around + tuple(shape), dtype) for shape, dtype in zip(shapes, dtypes)]
    for place in ndindex(around):
        found = kernel(a[place])
        for result, one in zip(results, found if len(shapes) > 1 else (found,)):
            result[place] = one
    return results


def solve(a, b):
    a, b = _square(a), asarray(b)
    (a, b), dtype, _ = _computed(a, b)
    n = a.shape[-1]
    if b.ndim == 0:
        raise ValueError(
            "solve1: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature (m,m),(m)->(m)"
            " requires 1)"
        )
    if b.ndim == 1:
        _same_length("solve1", "(m,m),(m)->(m)", b.shape[0], 0, n)
        return _solve_stack(a, b[:, None], n, dtype)[..., 0]
    _same_length("solve", "(m,m),(m,n)->(m,n)", b.shape[-2], 0, n)
    return _solve_stack(a, b, n, dtype)


def _same_length(name, signature, found, core, n):
    if found != n:
        raise ValueError(
            f"{name}: Input operand 1 has a mismatch in its core dimension {core}, with gufunc signature {signature} "
            f"(size {found} is different from {n})"
        )


def _solve_stack(a, b, n, dtype):
    if a.ndim == b.ndim == 2:
        return _solve(a, b).astype(dtype, copy=False)
    around = broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a, b = broadcast_to(a, around + a.shape[-2:]), broadcast_to(b, around + b.shape[-2:])
    x = empty(b.shape, dtype)
    for place in ndindex(around):
        x[place] = _solve(a[place], b[place])
    return x


def inv(a):
    (a,), dtype, _ = _computed(_square(a))
    return _each(_inv, a, [a.shape[-2:]], [a.dtype])[0].astype(dtype, copy=False)


def det(a):
    (a,), dtype, _ = _computed(_square(a))
    return _each(_det, a, [()], [a.dtype])[0].astype(dtype, copy=False)[()]


def slogdet(a):
    (a,), dtype, real = _computed(_square(a))
    sign, logarithm = _each(_slogdet, a, [(), ()], [a.dtype, float64])
    return SlogdetResult(sign.astype(dtype, copy=False)[()], logarithm.astype(real, copy=False)[()])


def cholesky(a, /, *, upper=False):
    (a,), dtype, _ = _computed(_square(a))
    lower = _each(_cholesky, _lower(a, upper), [a.shape[-2:]], [a.dtype])[0].astype(dtype, copy=False)
    return _lower(lower, upper)


def _lower(a, upper):
    """The kernels read the lower triangle: an upper one is the lower one of the adjoint."""
    return a.swapaxes(-1, -2).conj() if upper else a


def _hermitian(a, UPLO):
    UPLO = UPLO.upper()
    if UPLO not in ("L", "U"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    (a,), dtype, real = _computed(_square(a))
    return _lower(a, UPLO == "U"), dtype, real


def eigvalsh(a, UPLO="L"):
    a, _, real = _hermitian(a, UPLO)
    return _each(_eigvalsh, a, [a.shape[-1:]], [float64])[0].astype(real, copy=False)


def eigh(a, UPLO="L"):
    a, dtype, real = _hermitian(a, UPLO)
    w, v = _each(_eigh, a, [a.shape[-1:], a.shape[-2:]], [float64, a.dtype])
    return EighResult(w.astype(real, copy=False), v.astype(dtype, copy=False))


def _finite(a):
    (a,), _, _ = _computed(_square(a))
    if not isfinite(a).all():
        raise LinAlgError("Array must not contain infs or NaNs")
    return a


def eigvals(a):
    a = _finite(a)
    return _each(_eigvals, a, [a.shape[-1:]], [complex])[0]


def eig(a):
    a = _finite(a)
    return EigResult(*_each(_eig, a, [a.shape[-1:], a.shape[-2:]], [complex, complex]))


def qr(a, mode="reduced"):
    if mode not in ("reduced", "complete", "r"):
        if mode == "raw":
            raise NotImplementedError("qr has no mode 'raw' in the lab's NumPy")
        raise ValueError(f"Unrecognized mode '{mode}'")
    (a,), dtype, _ = _computed(_stacked(a))
    m, n = a.shape[-2:]
    k = m if mode == "complete" else min(m, n)
    q, r = _each(lambda one: _qr(one, mode == "complete"), a, [(m, k), (k, n)], [a.dtype, a.dtype])
    r = r.astype(dtype, copy=False)
    return r if mode == "r" else QRResult(q.astype(dtype, copy=False), r)


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    a = asarray(a)
    if hermitian:
        return _svd_hermitian(a, compute_uv)
    (a,), dtype, real = _computed(_stacked(a))
    m, n = a.shape[-2:]
    k = min(m, n)
    if not compute_uv:
        return _each(_svdvals, a, [(k,)], [float64])[0].astype(real, copy=False)
    shapes = [(m, m if full_matrices else k), (k,), (n if full_matrices else k, n)]
    u, s, vh = _each(lambda one: _svd(one, bool(full_matrices)), a, shapes, [a.dtype, float64, a.dtype])
    return SVDResult(u.astype(dtype, copy=False), s.astype(real, copy=False), vh.astype(dtype, copy=False))


def _svd_hermitian(a, compute_uv):
    if not compute_uv:
        s = absolute(eigvalsh(a))
        s.sort()
        return s[..., ::-1]
    s, u = eigh(a)
    sign, s = copysign(1.0, s), absolute(s)
    order = s.argsort()[..., ::-1]
    sign, s = take_along_axis(sign, order, -1), take_along_axis(s, order, -1)
    u = take_along_axis(u, order[..., None, :], -1)
    return SVDResult(u, s, (u * sign[..., None, :]).swapaxes(-1, -2).conj())


def svdvals(x, /):
    return svd(x, compute_uv=False)


def pinv(a, rcond=None, hermitian=False, *, rtol=False):
    # NumPy has a value of its own for an rtol that is not given; here it is False, which nobody means.
    a = asarray(a)
    if rcond is not None and rtol is not False:
        raise ValueError("`rtol` and `rcond` can't be both set.")
    if rcond is None:
        rcond = 1e-15 if rtol is False else max(a.shape[-2:]) * finfo(a.dtype).eps if rtol is None else rtol
    if 0 in a.shape[-2:]:
        return empty(a.shape[:-2] + a.shape[:-3:-1], a.dtype)
    u, s, vt = svd(a.conj(), False, True, hermitian)
    large = s > asarray(rcond)[..., None] * s.max(-1, keepdims=True)
    s = divide(1, s, where=large, out=s)
    s[~large] = 0
    return matmul(vt.swapaxes(-1, -2), s[..., None] * u.swapaxes(-1, -2))


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    if rtol is not None and tol is not None:
        raise ValueError("`tol` and `rtol` can't be both set.")
    A = asarray(A)
    if A.ndim < 2:
        return int((A != 0).any())
    s = svd(A, compute_uv=False, hermitian=hermitian)
    if tol is None:
        rtol = max(A.shape[-2:]) * finfo(s.dtype).eps if rtol is None else asarray(rtol)[..., None]
        tol = s.max(-1, keepdims=True, initial=0) * rtol
    else:
        tol = asarray(tol)[..., None]
    return (s > tol).sum(-1, int)


def matrix_power(a, n):
    a = _square(a)
    try:
        n = index(n)
    except TypeError:
        raise TypeError("exponent must be an integer") from None
    if n == 0:
        return broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape).copy()
    if n < 0:
        a, n = inv(a), -n
    if n == 3:
        return matmul(matmul(a, a), a)
    result = None
    while n:
        if n & 1:
            result = a if result is None else matmul(result, a)
        n >>= 1
        if n:
            a = matmul(a, a)
    return result


def cond(x, p=None):
    from ._printing import errstate

    x = asarray(x)
    if x.size == 0 and x.ndim >= 2 and 0 in x.shape[-2:]:
        raise LinAlgError("cond is not defined on empty arrays")
    with errstate(all="ignore"):
        if p is None or p in (2, -2):
            s = svd(x, compute_uv=False)
            r = s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
        else:
            x = _square(x)
            # Of a singular matrix the condition is infinite: the kernel's refusal says the same.
            around = x.shape[:-2]
            inverse = empty(x.shape, complex if x.dtype.kind == "c" else float)
            for place in ndindex(around):
                try:
                    inverse[place] = inv(x[place])
                except ValueError:
                    inverse[place] = float("nan")
            r = norm(x, p, (-2, -1)) * norm(inverse, p, (-2, -1))
    r = asarray(r)
    bad = isnan(r)
    if bad.any():
        r = r.copy()
        r[bad & ~isnan(x).any((-2, -1))] = float("inf")
    return r[()]


def lstsq(a, b, rcond=None):
    a, b = asarray(a), asarray(b)
    one = b.ndim == 1
    if one:
        b = b[:, None]
    for each in (a, b):
        if each.ndim != 2:
            raise LinAlgError(f"{each.ndim}-dimensional array given. Array must be two-dimensional")
    if a.shape[0] != b.shape[0]:
        raise LinAlgError("Incompatible dimensions")
    (a, b), dtype, real = _computed(a, b)
    x, residuals, rank, s = _lstsq(a, b, finfo(float64).eps * max(a.shape) if rcond is None else float(rcond))
    x = x.astype(dtype, copy=False)
    return (x[:, 0] if one else x), residuals.astype(real, copy=False), int32(rank), s.astype(real, copy=False)


def norm(x, ord=None, axis=None, keepdims=False):
    x = asarray(x)
    if not issubclass(x.dtype.type, inexact):
        x = x.astype(float)
    n = x.ndim
    if axis is None:
        if ord is None or ord in ("f", "fro") and n == 2 or ord == 2 and n == 1:
            flat = x.ravel()
            if x.dtype.kind == "c":
                ret = sqrt(flat.real.dot(flat.real) + flat.imag.dot(flat.imag))
            else:
                ret = sqrt(flat.dot(flat))
            return ret.reshape(n * [1]) if keepdims else ret
        axis = tuple(range(n))
    elif not isinstance(axis, tuple):
        try:
            axis = (int(axis),)
        except Exception:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from None
    if len(axis) == 1:
        return _vector_norm(x, ord, axis, keepdims)
    if len(axis) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    row, column = [normalize_axis_index(one, n) for one in axis]
    if row == column:
        raise ValueError("Duplicate axes given.")
    ret = _matrix_norm(x, ord, row, column)
    if keepdims:
        shape = list(x.shape)
        shape[row] = shape[column] = 1
        ret = ret.reshape(shape)
    return ret


def _vector_norm(x, ord, axis, keepdims):
    if ord == float("inf"):
        return absolute(x).max(axis, keepdims=keepdims, initial=0)
    if ord == -float("inf"):
        return absolute(x).min(axis, keepdims=keepdims)
    if ord is None or ord == 2:
        return sqrt(add.reduce((x.conj() * x).real, axis, keepdims=keepdims))
    if ord == 0:
        return (x != 0).astype(x.real.dtype).sum(axis, keepdims=keepdims)
    if ord == 1:
        return add.reduce(absolute(x), axis, keepdims=keepdims)
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    ret = add.reduce(absolute(x) ** ord, axis, keepdims=keepdims)
    return ret ** reciprocal(ord, dtype=ret.dtype)


def _matrix_norm(x, ord, row, column):
    if ord in (2, -2, "nuc"):
        s = svd(moveaxis(x, (row, column), (-2, -1)), compute_uv=False)
        if ord == "nuc":
            return s.sum(-1)
        return s.max(-1, initial=0) if ord == 2 else s.min(-1)
    if ord in (None, "fro", "f"):
        return sqrt(add.reduce((x.conj() * x).real, (row, column)))
    infinity = float("inf")
    if ord not in (1, -1, infinity, -infinity):
        raise ValueError("Invalid norm order for matrices.")
    along, over = (row, column) if ord in (1, -1) else (column, row)
    sums = add.reduce(absolute(x), along)
    over -= over > along
    return sums.max(over, initial=0) if ord > 0 else sums.min(over)


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    x = asarray(x)
    if axis is None:
        ret = norm(x.ravel(), ord)
        return ret.reshape((1,) * x.ndim) if keepdims else ret
    if isinstance(axis, tuple):
        rest = [one for one in range(x.ndim) if one not in [normalize_axis_index(k, x.ndim) for k in axis]]
        lines = moveaxis(x, axis, tuple(range(len(axis))))
        ret = norm(lines.reshape([-1] + [x.shape[one] for one in rest]), ord, 0)
        return ret.reshape([x.shape[one] if one in rest else 1 for one in range(x.ndim)]) if keepdims else ret
    return norm(x, ord, axis, keepdims)


def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    return norm(x, ord, (-2, -1), keepdims)


def multi_dot(arrays, *, out=None):
    n = len(arrays)
    if n < 2:
        raise ValueError("Expecting at least two arrays.")
    if n == 2:
        return dot(arrays[0], arrays[1], out=out)
    arrays = [asarray(one) for one in arrays]
    first, last = arrays[0].ndim, arrays[-1].ndim
    if first == 1:
        arrays[0] = arrays[0][None, :]
    if last == 1:
        arrays[-1] = arrays[-1][:, None]
    for one in arrays:
        if one.ndim != 2:
            raise LinAlgError(f"{one.ndim}-dimensional array given. Array must be two-dimensional")
    result = _chained(arrays, _cheapest(arrays), 0, n - 1)
    if first == 1 and last == 1:
        result = result[0, 0]
    elif first == 1 or last == 1:
        result = result.ravel()
    if out is None:
        return result
    out[...] = result
    return out


def _cheapest(arrays):
    """For each part of the chain, behind which factor it is split with the fewest multiplications."""
    n = len(arrays)
    p = [one.shape[0] for one in arrays] + [arrays[-1].shape[1]]
    if n == 3:
        front = p[0] * p[2] * (p[1] + p[3])
        behind = p[1] * p[3] * (p[0] + p[2])
        return {(0, 2): 1 if front < behind else 0, (0, 1): 0, (1, 2): 1}
    cost, split = {(i, i): 0 for i in range(n)}, {}
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            best = None
            for k in range(i, j):
                price = cost[i, k] + cost[k + 1, j] + p[i] * p[k + 1] * p[j + 1]
                if best is None or price < best:
                    best, split[i, j] = price, k
            cost[i, j] = best
    return split


def _chained(arrays, split, i, j):
    if i == j:
        return arrays[i]
    k = split[i, j]
    return dot(_chained(arrays, split, i, k), _chained(arrays, split, k + 1, j))


def tensorsolve(a, b, axes=None):
    a, b = asarray(a), asarray(b)
    if axes is not None:
        rest = [one for one in range(a.ndim) if one not in axes]
        a = a.transpose(rest + list(axes))
    shape = a.shape[b.ndim - a.ndim :]
    size = b.size
    if a.size != size**2:
        raise LinAlgError(
            "Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])"
        )
    return solve(a.reshape(size, size), b.ravel()).reshape(shape)


def tensorinv(a, ind=2):
    a = asarray(a)
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    shape = a.shape[ind:] + a.shape[:ind]
    rows = 1
    for length in a.shape[ind:]:
        rows *= length
    return inv(a.reshape(rows, -1)).reshape(shape)


def outer(x1, x2, /):
    x1, x2 = asarray(x1), asarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(
            "Input arrays must be one-dimensional, but they are "
            f"x1.ndim={x1.ndim!r} and x2.ndim={x2.ndim!r}."
        )
    return _outer(x1, x2)


def diagonal(x, /, *, offset=0):
    return _diagonal(x, offset, -2, -1)


def trace(x, /, *, offset=0, dtype=None):
    return _trace(x, offset, -2, -1, dtype)


def cross(x1, x2, /, *, axis=-1):
    return _cross(x1, x2, axis=axis)


def __getattr__(name):
    from ._missing import error

    raise error(__name__, name, list(globals()))
