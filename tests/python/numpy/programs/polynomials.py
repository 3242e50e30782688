# checks: polyfit, polyval, roots, poly, polyder, polyint, poly1d, unwrap
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


print(
    np.polyval([1, 2, 3], [0, 1, 2]),
    rounded(np.polyfit([0, 1, 2, 3], [1, 3, 7, 13], 2)),
    rounded(np.sort(np.roots([1, -6, 11, -6]))),
)
print(np.poly([1, 2]), np.polyder([3, 2, 1]), np.polyint([6, 2]), np.polyadd([1, 2], [1]), np.polymul([1, 1], [1, -1]))
print(rounded(np.unwrap([0, 3, 6, 9, 12])), rounded(np.deg2rad([0, 90, 180])), np.rad2deg(np.pi))
slope, offset = np.polyfit([0, 1, 2], [1.0, 3.0, 5.0], 1)
print(f"{slope:.6f} {offset:.6f}")
