"""The eigenvalues of one general matrix, by the QR method on its Hessenberg form, in Python's own numbers.

From `_numpy`: asarray. Meant for the small matrices of polynomials: the values are NumPy's to rounding.
"""

from math import copysign, sqrt

from _numpy import asarray


def eigenvalues(a):
    """Complex, and those of a real matrix that are real have no imaginary part at all."""
    h = a.tolist()
    n = len(h)
    if a.dtype.kind == "c":
        found = _complex_values(_hessenberg(h, n), n)
    else:
        found = _real_values(_hessenberg(h, n), n)
    return asarray(found, complex)


def _hessenberg(h, n):
    """By elimination with the largest pivot: similar to the matrix, with zeros below the subdiagonal."""
    for m in range(1, n - 1):
        pivot = max(range(m, n), key=lambda i: abs(h[i][m - 1]))
        if h[pivot][m - 1] == 0:
            continue
        if pivot != m:
            h[pivot], h[m] = h[m], h[pivot]
            for row in h:
                row[pivot], row[m] = row[m], row[pivot]
        for i in range(m + 1, n):
            factor = h[i][m - 1] / h[m][m - 1]
            if factor == 0:
                continue
            h[i] = [x - factor * y for x, y in zip(h[i], h[m])]
            h[i][m - 1] = 0
            for row in h:
                row[m] += factor * row[i]
    return h


def _small_from(h, last):
    """The first row of the block that ends with the last one and is not yet split off."""
    low = last
    while low > 0:
        scale = abs(h[low - 1][low - 1]) + abs(h[low][low]) or 1.0
        if abs(h[low][low - 1]) <= 2.3e-16 * scale:
            h[low][low - 1] = 0
            break
        low -= 1
    return low


def _no_convergence():
    from .linalg import LinAlgError

    raise LinAlgError("Eigenvalues did not converge")


def _complex_values(h, n):
    found = [0] * n
    last, tries = n - 1, 0
    while last >= 0:
        low = _small_from(h, last)
        if low == last:
            found[last] = h[last][last]
            last, tries = last - 1, 0
            continue
        tries += 1
        if tries > 60:
            _no_convergence()
        if tries % 10 == 0:
            shift = abs(h[last][last - 1]) + h[last][last]
        else:
            first, second = _of_two(h, last)
            shift = min(first, second, key=lambda z: abs(z - h[last][last]))
        _complex_step(h, low, last, shift)
    return found


def _of_two(h, last):
    a, b, c, d = h[last - 1][last - 1], h[last - 1][last], h[last][last - 1], h[last][last]
    half = (a - d) / 2
    root = (half * half + b * c + 0j) ** 0.5
    return d + half + root, d + half - root


def _complex_step(h, low, last, shift):
    """One QR step with Givens rotations on the block."""
    for i in range(low, last + 1):
        h[i][i] -= shift
    turns = []
    for k in range(low, last):
        x, y = h[k][k], h[k + 1][k]
        r = sqrt(abs(x) ** 2 + abs(y) ** 2)
        c, s = (x / r, y / r) if r else (1, 0)
        cc, sc = complex(c).conjugate(), complex(s).conjugate()
        upper, lower = h[k], h[k + 1]
        for j in range(k, last + 1):
            p, q = upper[j], lower[j]
            upper[j], lower[j] = cc * p + sc * q, c * q - s * p
        turns.append((c, s, cc, sc))
    for k, (c, s, cc, sc) in enumerate(turns, low):
        for i in range(low, min(k + 2, last) + 1):
            p, q = h[i][k], h[i][k + 1]
            h[i][k], h[i][k + 1] = p * c + q * s, q * cc - p * sc
    for i in range(low, last + 1):
        h[i][i] += shift


def _real_values(h, n):
    found = [0.0] * n
    last, tries, moved = n - 1, 0, 0.0
    while last >= 0:
        low = _small_from(h, last)
        x = h[last][last]
        if low == last:
            found[last] = x + moved
            last, tries = last - 1, 0
            continue
        y, w = h[last - 1][last - 1], h[last][last - 1] * h[last - 1][last]
        if low == last - 1:
            found[last - 1], found[last] = _pair(x, y, w, moved)
            last, tries = last - 2, 0
            continue
        if tries == 60:
            _no_convergence()
        if tries and tries % 10 == 0:
            # An exceptional shift, where the usual ones go round in a circle.
            moved += x
            for i in range(last + 1):
                h[i][i] -= x
            s = abs(h[last][last - 1]) + abs(h[last - 1][last - 2])
            x = y = 0.75 * s
            w = -0.4375 * s * s
        tries += 1
        _double_step(h, low, last, x, y, w)
    return found


def _pair(x, y, w, moved):
    p = (y - x) / 2
    q = p * p + w
    root = sqrt(abs(q))
    x += moved
    if q < 0:
        return complex(x + p, root), complex(x + p, -root)
    root = p + copysign(root, p)
    return x + root, x - w / root if root else x + root


def _double_step(h, low, last, x, y, w):
    """Francis' step with two shifts at once, which stays within the real numbers."""
    m = last - 2
    while True:
        z = h[m][m]
        r, s = x - z, y - z
        p = (r * s - w) / h[m + 1][m] + h[m][m + 1]
        q = h[m + 1][m + 1] - z - r - s
        r = h[m + 2][m + 1]
        scale = abs(p) + abs(q) + abs(r) or 1.0
        p, q, r = p / scale, q / scale, r / scale
        if m == low:
            break
        beside = abs(h[m][m - 1]) * (abs(q) + abs(r))
        if beside <= 2.3e-16 * abs(p) * (abs(h[m - 1][m - 1]) + abs(z) + abs(h[m + 1][m + 1])):
            break
        m -= 1
    for i in range(m + 2, last + 1):
        h[i][i - 2] = 0.0
        if i > m + 2:
            h[i][i - 3] = 0.0
    for k in range(m, last):
        three = k != last - 1
        if k != m:
            p, q, r = h[k][k - 1], h[k + 1][k - 1], h[k + 2][k - 1] if three else 0.0
            scale = abs(p) + abs(q) + abs(r)
            if scale == 0:
                continue
            p, q, r = p / scale, q / scale, r / scale
        s = copysign(sqrt(p * p + q * q + r * r), p)
        if k != m:
            h[k][k - 1] = -s * scale
        elif low != m:
            h[k][k - 1] = -h[k][k - 1]
        p += s
        x, y, z = p / s, q / s, r / s
        q, r = q / p, r / p
        rows = h[k], h[k + 1], h[k + 2] if three else None
        for j in range(k, last + 1):
            t = rows[0][j] + q * rows[1][j]
            if three:
                t += r * rows[2][j]
                rows[2][j] -= t * z
            rows[1][j] -= t * y
            rows[0][j] -= t * x
        for i in range(low, min(last, k + 3) + 1):
            row = h[i]
            t = x * row[k] + y * row[k + 1]
            if three:
                t += z * row[k + 2]
                row[k + 2] -= t * r
            row[k + 1] -= t * q
            row[k] -= t
