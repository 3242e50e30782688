# checks: a line through points by formula and by lstsq
import numpy as np

rng = np.random.default_rng(4)
x = np.linspace(0, 10, 30)
y = 2.5 * x - 1 + rng.normal(0, 0.3, x.size)
dx, dy = x - x.mean(), y - y.mean()
slope = (dx * dy).sum() / (dx * dx).sum()
offset = y.mean() - slope * x.mean()
print(slope.hex(), offset.hex())
solution = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y, rcond=None)[0]
print(np.allclose(solution, [slope, offset]), np.allclose(np.polyfit(x, y, 1), [slope, offset]))
residuals = y - (slope * x + offset)
print(np.abs(residuals).argmax(), round(float(residuals.std(ddof=2)), 9), round(float(np.corrcoef(x, y)[0, 1]), 9))
