# checks: eigvalsh, eigh, eigvals, svd, qr, cholesky by what they have to fulfil
import numpy as np


def rounded(x):
    return np.round(x, 9) + 0  # without negative zeros


s = np.array([[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]])
print(rounded(np.linalg.eigvalsh(s)))
values, vectors = np.linalg.eigh(s)
print(np.allclose(s @ vectors, vectors * values), np.allclose(vectors.T @ vectors, np.eye(3)))
print(
    rounded(np.sort(np.linalg.eigvals([[0.0, 1.0], [-2.0, -3.0]]))),
    rounded(np.sort_complex(np.linalg.eigvals([[0, -1], [1, 0]]))),
)
a = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
u, singular, vt = np.linalg.svd(a, full_matrices=False)
print(rounded(singular), np.allclose(u * singular @ vt, a), u.shape, vt.shape)
q, r = np.linalg.qr(a)
print(np.allclose(q @ r, a), rounded(np.abs(r)), rounded(np.linalg.cholesky(s)))
try:
    np.linalg.cholesky(-s)
except np.linalg.LinAlgError as error:
    print(error)
