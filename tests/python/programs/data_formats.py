# Bytes as text, checksums, hashes, compressed data, settings.
import array
import base64
import binascii
import configparser
import hashlib
import hmac
import html
import io
import tomllib
import zlib

data = b"parallel\x00lab\xff" * 3
print(base64.b64encode(data), base64.b32encode(b"lab"), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b85encode(b"lab!"))
print(binascii.hexlify(b"lab", ":"), binascii.crc32(data), zlib.adler32(data), zlib.crc32(b"lab"))
try:
    base64.b64decode("abc")
except binascii.Error as error:
    print("Error -", error)
print(zlib.decompress(zlib.compress(data * 100)) == data * 100, len(zlib.compress(b"a" * 10_000)) < 100)
for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s"):
    print(name, hashlib.new(name, data).hexdigest()[:32])
hashed = hashlib.sha256()
hashed.update(b"a")
hashed.update(b"b")
print(hashed.hexdigest() == hashlib.sha256(b"ab").hexdigest(), hashed.digest_size, hashed.name)
print(hmac.new(b"key", b"text", "sha256").hexdigest()[:16], hmac.compare_digest(b"a", b"a"))
print(hashlib.pbkdf2_hmac("sha256", b"word", b"salt", 10).hex()[:16], hashlib.file_digest(io.BytesIO(b"x"), "sha1").hexdigest()[:8])
try:
    hashlib.new("nope")
except ValueError as error:
    print(str(error).split(" ")[0])
numbers = array.array("d", [1.0, 2.5])
numbers.append(4)
print(numbers.tolist(), numbers.itemsize, sum(numbers), numbers.tobytes()[:8], array.array("i", range(3)).tolist())
try:
    array.array("i", [1.5])
except TypeError as error:
    print("TypeError -", error)
settings = configparser.ConfigParser()
settings.read_string("[run]\nworkers = 4\nname = %(workers)s of them\n[empty]\n")
print(settings.sections(), settings["run"].getint("workers"), settings["run"]["name"], settings.get("empty", "x", fallback="-"))
print(tomllib.loads('title = "lab"\n[run]\nworkers = 4\nsizes = [1, 2.5]\nday = 2026-01-01\n'))
try:
    tomllib.loads("x = ")
except tomllib.TOMLDecodeError as error:
    print(error)
print(html.escape('<a href="x">&</a>'), html.unescape("&lt;&eacute;&#8594;"))
