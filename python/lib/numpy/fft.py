"""Discrete Fourier transforms.

From `_numpy`: _fft(a, axis, n, inverse, factor), _rfft(a, axis, n, factor), _irfft(a, axis, n, factor), which cut or
fill the axis to the length n and multiply the result by the factor; arange, asarray, concatenate, integer.
"""

from math import sqrt

from _numpy import _fft, _irfft, _rfft, arange, asarray, concatenate, integer

from ._axes import normalize_axis_index, roll

_OTHER = {"backward": "forward", None: "forward", "ortho": "ortho", "forward": "backward"}


def _factor(n, norm, forward):
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    if norm not in _OTHER:
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    norm = norm if forward else _OTHER[norm]
    return 1.0 / sqrt(n) if norm == "ortho" else 1.0 / n if norm == "forward" else 1.0


def _given(result, out):
    if out is None:
        return result
    if out.shape != result.shape:
        raise ValueError("output array has wrong shape.")
    out[...] = result
    return out


def _transform(a, n, axis, norm, out, forward):
    a = asarray(a)
    n = a.shape[axis] if n is None else n
    factor = _factor(n, norm, forward)
    return _given(_fft(a, normalize_axis_index(axis, a.ndim), n, not forward, factor), out)


def fft(a, n=None, axis=-1, norm=None, out=None):
    return _transform(a, n, axis, norm, out, True)


def ifft(a, n=None, axis=-1, norm=None, out=None):
    return _transform(a, n, axis, norm, out, False)


def rfft(a, n=None, axis=-1, norm=None, out=None):
    a = asarray(a)
    n = a.shape[axis] if n is None else n
    factor = _factor(n, norm, True)
    if a.dtype.kind == "c":
        raise TypeError("rfft takes real numbers: the spectrum of complex ones has two different halves, see fft")
    return _given(_rfft(a, normalize_axis_index(axis, a.ndim), n, factor), out)


def irfft(a, n=None, axis=-1, norm=None, out=None):
    a = asarray(a)
    n = (a.shape[axis] - 1) * 2 if n is None else n
    factor = _factor(n, norm, False)
    return _given(_irfft(a, normalize_axis_index(axis, a.ndim), n, factor), out)


def _swapped(norm):
    if norm not in _OTHER:
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    return _OTHER[norm]


def hfft(a, n=None, axis=-1, norm=None, out=None):
    a = asarray(a)
    n = (a.shape[axis] - 1) * 2 if n is None else n
    return irfft(a.conj(), n, axis, _swapped(norm), out)


def ihfft(a, n=None, axis=-1, norm=None, out=None):
    return _given(rfft(a, n, axis, _swapped(norm)).conj(), out)


def _lengths(a, s, axes, half=False):
    """For each axis that is transformed, the length that it is cut or filled to."""
    given = s is not None
    if not given:
        s = list(a.shape) if axes is None else [a.shape[one] for one in axes]
    s = list(s)
    if axes is None:
        axes = list(range(-len(s), 0))
    if len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    if half and not given:
        s[-1] = (a.shape[axes[-1]] - 1) * 2
    return [a.shape[one] if length in (-1, None) else length for length, one in zip(s, axes)], axes


def _along_all(transform, a, s, axes, norm, out):
    a = asarray(a)
    s, axes = _lengths(a, s, axes)
    for place in range(len(axes) - 1, -1, -1):
        a = transform(a, s[place], axes[place], norm)
    return _given(a, out)


def fftn(a, s=None, axes=None, norm=None, out=None):
    return _along_all(fft, a, s, axes, norm, out)


def ifftn(a, s=None, axes=None, norm=None, out=None):
    return _along_all(ifft, a, s, axes, norm, out)


def fft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    return _along_all(fft, a, s, axes, norm, out)


def ifft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    return _along_all(ifft, a, s, axes, norm, out)


def rfftn(a, s=None, axes=None, norm=None, out=None):
    a = asarray(a)
    s, axes = _lengths(a, s, axes)
    a = rfft(a, s[-1], axes[-1], norm)
    for place in range(len(axes) - 2, -1, -1):
        a = fft(a, s[place], axes[place], norm)
    return _given(a, out)


def irfftn(a, s=None, axes=None, norm=None, out=None):
    a = asarray(a)
    s, axes = _lengths(a, s, axes, True)
    for place in range(len(axes) - 1):
        a = ifft(a, s[place], axes[place], norm)
    return irfft(a, s[-1], axes[-1], norm, out)


def rfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    return rfftn(a, s, axes, norm, out)


def irfft2(a, s=None, axes=(-2, -1), norm=None, out=None):
    return irfftn(a, s, axes, norm, out)


def _shifted(x, axes, sign):
    x = asarray(x)
    if axes is None:
        axes = tuple(range(x.ndim))
    elif isinstance(axes, (int, integer)):
        axes = (axes,)
    return roll(x, [sign * (x.shape[one] // 2) for one in axes], tuple(axes))


def fftshift(x, axes=None):
    return _shifted(x, axes, 1)


def ifftshift(x, axes=None):
    return _shifted(x, axes, -1)


def _count(n):
    if not isinstance(n, (int, integer)):
        raise ValueError("n should be an integer")


def fftfreq(n, d=1.0, device=None):
    _count(n)
    return concatenate((arange(0, (n - 1) // 2 + 1), arange(-(n // 2), 0))) * (1.0 / (n * d))


def rfftfreq(n, d=1.0, device=None):
    _count(n)
    return arange(0, n // 2 + 1) * (1.0 / (n * d))
