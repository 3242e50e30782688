# checks: linear interpolation
import numpy as np

xp, fp = [1.0, 2.0, 4.0], [10.0, 20.0, 0.0]
print(
    np.interp(2.5, xp, fp),
    np.interp([0, 1, 1.5, 3, 4, 9], xp, fp),
    np.interp(-1, xp, fp, left=-99),
    np.interp(5, xp, fp, right=np.nan),
)
print(np.interp([-180, 190, 350], [190, -190, 350, -350], [5, 10, 3, 4], period=360))
print(np.interp([1.5, np.nan], xp, np.array(fp) * 1j), np.interp([], xp, fp), np.interp([[1, 2], [3, 4]], xp, fp))
try:
    np.interp(1, [], [])
except ValueError as error:
    print(error)
try:
    np.interp(1, [1, 2], [1])
except ValueError as error:
    print(error)
