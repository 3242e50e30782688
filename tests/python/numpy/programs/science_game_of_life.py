# checks: the game of life with roll and masks
import numpy as np

board = np.zeros((8, 8), dtype=np.uint8)
board[1, 2] = board[2, 3] = 1
board[3, 1:4] = 1
for generation in range(4):
    neighbours = sum(np.roll(board, (i, j), axis=(0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)) - board
    board = ((neighbours == 3) | (board == 1) & (neighbours == 2)).astype(np.uint8)
    print(generation, board.sum(), *np.nonzero(board))
print("\n".join("".join(".#"[cell] for cell in row) for row in board))
