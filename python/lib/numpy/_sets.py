"""Arrays as sets.

From `_numpy`: unique1(flat, return_index, return_inverse, return_counts, equal_nan), which gives a tuple of the sorted
values and what else was asked; asarray, concatenate, lexsort, ones.
"""

from collections import namedtuple

from _numpy import asarray, concatenate, empty, lexsort, ones, unique1

from ._axes import moveaxis, normalize_axis_index


def unique(
    ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True
):
    ar = asarray(ar)
    if axis is not None:
        axis = normalize_axis_index(axis, ar.ndim)
    if axis is None or ar.ndim == 1:
        found = list(unique1(ar.ravel(), return_index, return_inverse, return_counts, equal_nan))
        if return_inverse and axis is None:
            at = 2 if return_index else 1
            found[at] = found[at].reshape(ar.shape)
    else:
        found = _unique_along(moveaxis(ar, axis, 0), axis, return_index, return_inverse, return_counts)
    return found[0] if len(found) == 1 else tuple(found)


def _unique_along(ar, axis, return_index, return_inverse, return_counts):
    """The different entries of the first axis, ordered by their elements from the first on."""
    n = ar.shape[0]
    rows = ar.reshape(n, ar.size // n if n else 0)
    order = lexsort(rows.T[::-1]) if rows.shape[1] else asarray(range(n), int)
    new = ones(n, bool)
    ordered = rows[order]
    new[1:] = (ordered[1:] != ordered[:-1]).any(1)
    found = [moveaxis(ar[order[new]], 0, axis)]
    if return_index:
        found.append(order[new])
    if return_inverse:
        inverse = empty(n, int)
        inverse[order] = new.cumsum() - 1
        found.append(inverse)
    if return_counts:
        starts = concatenate((new.nonzero()[0], [n]))
        found.append(starts[1:] - starts[:-1])
    return found


UniqueAllResult = namedtuple("UniqueAllResult", "values indices inverse_indices counts")
UniqueCountsResult = namedtuple("UniqueCountsResult", "values counts")
UniqueInverseResult = namedtuple("UniqueInverseResult", "values inverse_indices")


def unique_all(x):
    return UniqueAllResult(*unique(x, True, True, True, equal_nan=False))


def unique_counts(x):
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


def unique_inverse(x):
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


def unique_values(x):
    return unique(x, equal_nan=False)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    ar1, ar2 = asarray(ar1).ravel(), asarray(ar2).ravel()
    n = ar1.size
    if not assume_unique:
        if return_indices:
            ar1, first = unique(ar1, True)
            ar2, second = unique(ar2, True)
        else:
            ar1, ar2 = unique(ar1), unique(ar2)
        n = ar1.size
    both = concatenate((ar1, ar2))
    if not return_indices:
        both.sort()
        return both[:-1][both[1:] == both[:-1]]
    order = both.argsort(kind="stable")
    both = both[order]
    twice = both[1:] == both[:-1]
    at1, at2 = order[:-1][twice], order[1:][twice] - n
    if not assume_unique:
        at1, at2 = first[at1], second[at2]
    return both[:-1][twice], at1, at2


def setxor1d(ar1, ar2, assume_unique=False):
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = concatenate((asarray(ar1).ravel(), asarray(ar2).ravel()))
    if both.size == 0:
        return both
    both.sort()
    new = concatenate(([True], both[1:] != both[:-1], [True]))
    return both[new[1:] & new[:-1]]


def union1d(ar1, ar2):
    return unique(concatenate((asarray(ar1).ravel(), asarray(ar2).ravel())))


def setdiff1d(ar1, ar2, assume_unique=False):
    if assume_unique:
        ar1 = asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[~isin(ar1, ar2)]


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    if kind not in (None, "sort", "table"):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")
    element = asarray(element)
    wanted = unique(asarray(test_elements).ravel(), equal_nan=False)
    if kind == "table" and not (element.dtype.kind in "uib" and wanted.dtype.kind in "uib"):
        raise ValueError(
            "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind."
        )
    n = wanted.size
    if n == 0:
        found = ones(element.shape, bool)
        return found if invert else ~found
    at = wanted.searchsorted(element)
    found = wanted[at.clip(0, n - 1)] == element
    return asarray(~found if invert else found)
