"""`einsum`: products that are summed over the labels that the result has not.

From `_numpy`: asarray, broadcast_to, matmul, multiply, result_type.
"""

from math import prod

from _numpy import asarray, broadcast_to, matmul, multiply, result_type

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _from_lists(args):
    """The form einsum(a, [0, 1], b, [1, 2], [0, 2]) as subscripts and operands."""
    args = list(args)
    output = args.pop() if len(args) % 2 else None
    texts = []
    for labels in args[1::2]:
        texts.append("".join(["..." if one is Ellipsis else _LETTERS[one] for one in labels]))
    text = ",".join(texts)
    if output is not None:
        text += "->" + "".join(["..." if one is Ellipsis else _LETTERS[one] for one in output])
    return text, args[::2]


def _parsed(subscripts, operands):
    """Each operand's labels as a list; the axes of an ellipsis are labelled by their places from the last, -1 on."""
    subscripts = subscripts.replace(" ", "")
    inputs, arrow, output = subscripts.partition("->")
    texts = inputs.split(",")
    if len(texts) > len(operands):
        raise ValueError("more operands provided to einstein sum function than specified in the subscripts string")
    if len(texts) < len(operands):
        raise ValueError("fewer operands provided to einstein sum function than specified in the subscripts string")
    labels = []
    for place, (text, a) in enumerate(zip(texts, operands)):
        before, dots, behind = text.partition("...")
        for letter in before + behind:
            _check_letter(letter, f"in operand {place}")
        named = len(before) + len(behind)
        if named > a.ndim:
            raise ValueError(
                f"einstein sum subscripts string contains too many subscripts for operand {place}"
            )
        if not dots and named < a.ndim:
            raise ValueError(
                "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to "
                "broadcast the extra dimensions."
            )
        labels.append([*before, *range(named - a.ndim, 0), *behind])
    spread = max([len([one for one in each if isinstance(one, int)]) for each in labels])
    dotted = list(range(-spread, 0))
    if not arrow:
        letters = inputs.replace(".", "").replace(",", "")
        return labels, dotted + sorted([one for one in set(letters) if letters.count(one) == 1])
    before, dots, behind = output.partition("...")
    for one in before + behind:
        _check_letter(one, "in output")
        if one not in inputs:
            raise ValueError(
                f"einstein sum subscripts string included output subscript '{one}' which never appeared in an input"
            )
        if (before + behind).count(one) > 1:
            raise ValueError(
                f"einstein sum subscripts string includes output subscript '{one}' multiple times"
            )
    if spread and not dots:
        raise ValueError(
            "output has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to "
            "broadcast the extra dimensions."
        )
    return labels, [*before, *(dotted if dots else ()), *behind]


def _check_letter(letter, place):
    if letter == ".":
        raise ValueError(
            f"einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') {place}"
        )
    if letter in "->":
        raise ValueError("einstein sum subscript string does not contain proper '->' output specified")
    if not (letter.isascii() and letter.isalpha()):
        raise ValueError(
            f"invalid subscript '{letter}' in einstein sum subscripts string, subscripts must be letters"
        )


def _once(a, labels, place, sizes):
    """The operand with each label once: of a label that comes twice, the diagonal. Its lengths go into `sizes`."""
    for one in dict.fromkeys(labels):
        while labels.count(one) > 1:
            first = labels.index(one)
            second = labels.index(one, first + 1)
            if a.shape[first] != a.shape[second]:
                raise ValueError(
                    f"dimensions in operand {place} for collapsing index '{one}' don't match "
                    f"({a.shape[first]} != {a.shape[second]})"
                )
            a = a.diagonal(0, first, second)
            labels = labels[:first] + labels[first + 1 : second] + labels[second + 1 :] + [one]
    for one, length in zip(labels, a.shape):
        if length != 1 or one not in sizes:
            if sizes.get(one, 1) not in (1, length):
                return a, None
            sizes[one] = length
    return a, labels


def _remapped(arrays, labels, output):
    """NumPy's words for lengths that do not match: each operand's shape, and as it is over all labels."""
    order = output + sorted({one for own in labels for one in own if one not in output}, key=str)
    text = "operands could not be broadcast together with remapped shapes [original->remapped]: "
    for a, own in zip(arrays, labels):
        over = [str(a.shape[own.index(one)]) if one in own else "newaxis" for one in order]
        while over[:1] == ["newaxis"]:
            del over[0]
        shapes = [f"({','.join(one)}{',' if len(one) == 1 else ''})" for one in ([str(n) for n in a.shape], over)]
        text += "->".join(shapes) + " "
    return text


def _summed(a, labels, keep):
    gone = tuple([axis for axis, one in enumerate(labels) if one not in keep])
    if not gone:
        return a, labels
    a = a.any(gone) if a.dtype.kind == "b" else a.sum(gone, a.dtype)
    return asarray(a), [one for one in labels if one in keep]


def _pair(a, la, b, lb, keep):
    """Both operands as one: the labels that neither the result nor a later operand has are summed."""
    a, la = _summed(a, la, keep.union(lb))
    b, lb = _summed(b, lb, keep.union(la))
    wide_a = dict(zip(la, a.shape))
    wide_b = dict(zip(lb, b.shape))
    both = [one for one in la if one in wide_b]
    # A length of one is repeated: such an axis only multiplies, it is not matched.
    summed = [one for one in both if one not in keep and wide_a[one] == wide_b[one]]
    if not summed:
        labels = la + [one for one in lb if one not in wide_a]
        res = multiply(_spread(a, la, labels), _spread(b, lb, labels))
        return _summed(res, labels, keep)
    if any([wide_a[one] != wide_b[one] for one in both]):
        sizes = {one: max(wide_a[one], wide_b[one]) for one in both}
        a = broadcast_to(a, [sizes.get(one, length) for one, length in wide_a.items()])
        b = broadcast_to(b, [sizes.get(one, length) for one, length in wide_b.items()])
        return _pair(a, la, b, lb, keep)
    batch = [one for one in both if one in keep]
    left = [one for one in la if one not in both]
    right = [one for one in lb if one not in both]
    n = prod([wide_a[one] for one in summed])
    around = [wide_a[one] for one in batch]
    rows, columns = [wide_a[one] for one in left], [wide_b[one] for one in right]
    a = a.transpose([la.index(one) for one in batch + left + summed]).reshape(around + [prod(rows), n])
    b = b.transpose([lb.index(one) for one in batch + summed + right]).reshape(around + [n, prod(columns)])
    return matmul(a, b).reshape(around + rows + columns), batch + left + right


def _spread(a, labels, onto):
    """The operand's axes in another order, with axes of length one for the labels that it has not."""
    a = a.transpose([labels.index(one) for one in onto if one in labels])
    lengths = iter(a.shape)
    return a.reshape([next(lengths) if one in labels else 1 for one in onto])


def einsum(*operands, out=None, dtype=None, order="K", casting="safe", optimize=False):
    if operands and isinstance(operands[0], str):
        subscripts, arrays = operands[0], operands[1:]
    else:
        subscripts, arrays = _from_lists(operands)
    if not arrays:
        text = "must specify the einstein sum subscripts string and at least one operand"
        if not operands:
            text += ", or at least one operand and its corresponding subscripts list"
        raise ValueError(text)
    arrays = [asarray(one) for one in arrays]
    if dtype is None:
        dtype = result_type(*arrays) if out is None else result_type(out, *arrays)
    labels, output = _parsed(subscripts, arrays)
    sizes, parts = {}, []
    for place, (a, own) in enumerate(zip(arrays, labels)):
        parts.append(_once(a.astype(dtype, copy=False), own, place, sizes))
        if parts[-1][1] is None:
            raise ValueError(_remapped(arrays, labels, output))
    a, la = parts[0]
    for place in range(1, len(parts)):
        keep = set(output).union(*[own for _, own in parts[place + 1 :]])
        a, la = _pair(a, la, *parts[place], keep)
    a, la = _summed(a, la, set(output))
    a = a.transpose([la.index(one) for one in output])
    shape = tuple([sizes[one] for one in output])
    if a.shape != shape:
        a = broadcast_to(a, shape)
    if out is not None:
        out[...] = a
        return out
    return a[()] if a.ndim == 0 else a
