"""urlopen, for the site's own data files: `urlopen("data/answers/answer-001.json")`.

There is no other network: whatever else is asked for is refused by the page, and raises URLError.
"""

import _lab_files
import _lab_reading

from urllib.error import URLError

__all__ = ["Request", "urlopen"]

_TYPES = {"csv": "text/csv", "json": "application/json", "nc": "application/x-netcdf"}


class Request:
    """An address, and what else CPython lets one say of it."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.data, self.headers, self.method = url, data, dict(headers), method

    def get_method(self):
        return self.method or ("GET" if self.data is None else "POST")

    def get_full_url(self):
        return self.full_url


class Headers(dict):
    """By their names, however those are written."""

    def __getitem__(self, name):
        return super().__getitem__(name.title())

    def get(self, name, default=None):
        return super().get(name.title(), default)


class Response(_lab_files.File):
    """What came: its bytes, and what CPython tells of them."""

    status = code = 200
    reason = msg = "OK"

    def __init__(self, content, url):
        super().__init__(content, url)
        self.url = url
        kind = _TYPES.get(url.rpartition(".")[2], "application/octet-stream")
        self.headers = Headers({"Content-Type": kind, "Content-Length": str(len(content))})

    def __repr__(self):
        return f"<urllib.request.Response url={self.url!r}>"

    def getcode(self):
        return self.status

    def geturl(self):
        return self.url

    def info(self):
        return self.headers

    def getheader(self, name, default=None):
        return self.headers.get(name, default)


def urlopen(url, data=None, timeout=None, *, context=None):
    """Reads a data file of the site, by its address relative to the site."""
    if isinstance(url, Request):
        data = url.data if data is None else data
        if url.headers or url.get_method() not in ("GET", "POST"):
            raise URLError("scripts can only read here: no headers, and no method but GET")
        url = url.full_url
    if not isinstance(url, str):
        raise TypeError(f"urlopen() takes an address or a Request, not {type(url).__name__}")
    if data is not None:
        raise URLError("scripts can only read here: nothing is ever sent")
    if timeout is not None:
        timeout = float(timeout)
        if not timeout >= 0:
            raise ValueError("Timeout value out of range")
    came, what = _lab_reading.read(url, timeout)
    if came == "content":
        return Response(what, url)
    if came == "late":
        raise URLError(TimeoutError("timed out"))
    raise URLError(what if came == "failed" else _lab_files.ONLY)
