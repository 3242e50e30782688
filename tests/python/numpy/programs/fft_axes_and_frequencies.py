# checks: transforms along axes and in two dimensions, fftfreq, fftshift
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


a = np.arange(12.0).reshape(3, 4)
print(rounded(np.fft.fft(a, axis=0)), rounded(np.fft.fft2(a)), rounded(np.fft.rfft2(a)).shape)
print(
    np.allclose(np.fft.ifft2(np.fft.fft2(a)), a),
    np.allclose(np.fft.ifftn(np.fft.fftn(a)), a),
    np.allclose(np.fft.irfft2(np.fft.rfft2(a)), a),
)
print(
    np.fft.fftfreq(5),
    np.fft.fftfreq(4, d=0.5),
    np.fft.rfftfreq(6, 0.1),
    np.fft.fftshift(np.arange(5)),
    np.fft.ifftshift([1, 2, 3, 4]),
)
print(np.fft.fftshift(a, axes=1))
t = np.arange(64) / 64
signal = np.sin(2 * np.pi * 5 * t) + 0.5 * np.cos(2 * np.pi * 12 * t)
power = np.abs(np.fft.rfft(signal))
print(np.argsort(power)[-2:], rounded(power[[5, 12]]))
