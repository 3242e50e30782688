# checks: running means by convolve, by cumsum and by windows
import numpy as np

a = np.arange(12) % 5 * 1.0
width = 3
by_convolve = np.convolve(a, np.ones(width), mode="valid") / width
total = np.concatenate([[0], a.cumsum()])
by_cumsum = (total[width:] - total[:-width]) / width
by_windows = np.lib.stride_tricks.sliding_window_view(a, width).mean(axis=1)
print(by_convolve)
print(np.allclose(by_convolve, by_cumsum), np.allclose(by_convolve, by_windows), by_convolve.argmax())
