# checks: heat that spreads on a grid: slices of one array in one expression
import numpy as np

grid = np.zeros((8, 8))
grid[0, :] = 100.0
grid[3:5, 3:5] = 50.0
fixed = grid > 0
start = grid.copy()
for _ in range(40):
    inner = (grid[:-2, 1:-1] + grid[2:, 1:-1] + grid[1:-1, :-2] + grid[1:-1, 2:]) / 4
    change = np.abs(inner - grid[1:-1, 1:-1]).max()
    grid[1:-1, 1:-1] = inner
    grid[fixed] = start[fixed]
print(grid.round(2))
print(change.hex(), grid.sum().hex())
