"""The second family of SHA, which CPython has in one module."""

from _sha256 import sha224, sha256
from _sha512 import sha384, sha512

__all__ = ["sha224", "sha256", "sha384", "sha512"]
