# checks: einsum
import numpy as np

a, b = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)
print(
    np.einsum("ij,jk->ik", a, b),
    np.einsum("ij,jk", a, b).sum(),
    np.einsum("ij->ji", a),
    np.einsum("ij->", a),
    np.einsum("ij->j", a),
)
print(
    np.einsum("ii", np.arange(9).reshape(3, 3)),
    np.einsum("ii->i", np.arange(9).reshape(3, 3)),
    np.einsum("i,j->ij", [1, 2], [3, 4]),
)
print(
    np.einsum("ij,ij->i", a, a),
    np.einsum("...j,j->...", np.ones((2, 2, 3)), [1, 2, 3]),
    np.einsum("i,i", [1, 2], [3, 4]),
)
for wrong in (("ij,jk", a, a), ("i", a), ("ij->ijk", a), ("ij,jk->ik", a)):
    try:
        np.einsum(*wrong)
    except ValueError as error:
        print(error)
