"""SHA-512 (FIPS 180-4), for `random.seed` with a text; slow, and for nothing else."""

_WORD = (1 << 64) - 1
_BLOCK = 128


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root(number, degree):
    """The first 64 bits of the fractional part of a root: an exact integer root of number * 2**(64 * degree)."""
    target = number << (64 * degree)
    low, high = 0, 1 << (target.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle**degree <= target:
            low = middle
        else:
            high = middle
    return low & _WORD


def _rotated(word, bits):
    return (word >> bits | word << (64 - bits)) & _WORD


class sha512:
    """The digest of all that it was given at once."""

    _start = _rounds = None

    def __init__(self, data=b""):
        if sha512._start is None:
            sha512._start = [_root(prime, 2) for prime in _primes(8)]
            sha512._rounds = [_root(prime, 3) for prime in _primes(80)]
        self._data = bytes(data)

    def digest(self):
        length = len(self._data)
        padding = b"\x80" + bytes((111 - length) % _BLOCK) + (8 * length).to_bytes(16, "big")
        padded = self._data + padding
        state = list(self._start)
        for start in range(0, len(padded), _BLOCK):
            self._compress(state, padded[start : start + _BLOCK])
        return b"".join(word.to_bytes(8, "big") for word in state)

    def _compress(self, state, block):
        words = [int.from_bytes(block[i : i + 8], "big") for i in range(0, _BLOCK, 8)]
        for i in range(16, 80):
            x, y = words[i - 15], words[i - 2]
            small = _rotated(x, 1) ^ _rotated(x, 8) ^ x >> 7
            large = _rotated(y, 19) ^ _rotated(y, 61) ^ y >> 6
            words.append((words[i - 16] + small + words[i - 7] + large) & _WORD)
        a, b, c, d, e, f, g, h = state
        for constant, word in zip(self._rounds, words):
            mixed = _rotated(e, 14) ^ _rotated(e, 18) ^ _rotated(e, 41)
            first = h + mixed + (e & f ^ ~e & g) + constant + word
            mixed = _rotated(a, 28) ^ _rotated(a, 34) ^ _rotated(a, 39)
            second = mixed + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = (first + second) & _WORD, a, b, c, (d + first) & _WORD, e, f, g
        for i, word in enumerate((a, b, c, d, e, f, g, h)):
            state[i] = (state[i] + word) & _WORD
