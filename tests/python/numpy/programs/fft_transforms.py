# checks: fft, ifft, rfft, irfft and what they fulfil
# known-difference: there is no complex64
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


x = np.array([1.0, 2.0, 4.0, -1.0, 0.5])
print(rounded(np.fft.fft(x)), rounded(np.fft.ifft(np.fft.fft(x)).real), rounded(np.fft.rfft(x)))
print(
    rounded(np.fft.irfft(np.fft.rfft(x), 5)),
    np.fft.irfft(np.fft.rfft(x)).shape,
    rounded(np.fft.fft(x, 3)),
    np.fft.fft(x, n=8).shape,
)
for n in (1, 2, 7, 12, 17, 64, 100):
    y = np.cos(np.arange(n) * 0.7)
    print(n, np.allclose(np.fft.ifft(np.fft.fft(y)), y), round(float(np.sum(np.abs(np.fft.fft(y)) ** 2) / n), 9))
print(
    np.fft.fft([1, 0, 0, 0]),
    np.fft.fft(np.ones(4)),
    rounded(np.fft.fft(x, norm="ortho"))[0],
    rounded(np.fft.hfft([1, 2, 3])),
)
print(np.fft.fft(np.ones(4, np.float32)).dtype, np.fft.fft([1, 2]).dtype, np.fft.rfft(np.arange(4)).shape)
for action in (
    lambda: np.fft.fft([]),
    lambda: np.fft.fft(x, 0),
    lambda: np.fft.fft(x, norm="odd"),
    lambda: np.fft.fft(x, axis=3),
):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
