# checks: eigvalsh, eigh, eigvals, svd, qr, cholesky by what they have to fulfil
import numpy as np

s = np.array([[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]])
print(np.round(np.linalg.eigvalsh(s), 9))
values, vectors = np.linalg.eigh(s)
print(np.allclose(s @ vectors, vectors * values), np.allclose(vectors.T @ vectors, np.eye(3)))
print(np.round(np.sort(np.linalg.eigvals([[0.0, 1.0], [-2.0, -3.0]])), 9), np.round(np.sort_complex(np.linalg.eigvals([[0, -1], [1, 0]])), 9))
a = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
u, singular, vt = np.linalg.svd(a, full_matrices=False)
print(np.round(singular, 9), np.allclose(u * singular @ vt, a), u.shape, vt.shape)
q, r = np.linalg.qr(a)
print(np.allclose(q @ r, a), np.round(np.abs(r), 9), np.round(np.linalg.cholesky(s), 9))
try:
    np.linalg.cholesky(-s)
except np.linalg.LinAlgError as error:
    print(error)
