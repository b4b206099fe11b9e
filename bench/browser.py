"""A browser for measuring: cookies and forms over plain sockets, nothing is cached, redirects are not followed."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"')
LINKED = re.compile(r'<link[^>]+href="(/static/[^"]+)"')
FONT = re.compile(r"""url\(["']?([^)"']+\.woff2)""")


@dataclass(frozen=True)
class Answer:
    """What came back. `took_ms` is from the first byte sent to the last byte read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_ms: float

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Browser:
    """One visitor of the server on this machine. Keeps cookies marked Secure, as browsers do on loopback."""

    port: int
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 120
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str | list[str]] | None = None) -> Answer:
        """Send a form with the token of the page it stands on (see `submit`)."""
        return self._ask("POST", path, urlencode(dict(fields or {}), doseq=True))

    def submit(self, path: str, fields: Mapping[str, str | list[str]], *, at: str = "") -> Answer:
        """Open the page of a form, fill it in, and send it to the same path or to *at*."""
        page = self.get(path).text
        token = TOKEN.search(page)
        if token is None:
            raise ValueError(f"no form at {path}")
        hidden = {name: unescape(value) for name, value in FIELD.findall(page)}
        return self.post(at or path, {**hidden, "csrfmiddlewaretoken": token[1], **fields})

    def sign_in(self, name: str, passphrase: str) -> Answer:
        return self.submit("/sign-in/", {"sign_in_name": name, "passphrase": passphrase})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept-Language": self.language,
            "Accept-Encoding": "gzip",
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        start = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except Exception:
            self.close()
            raise
        took = (time.perf_counter() - start) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._keep(line)
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, found, content, took)

    def _keep(self, line: str) -> None:
        pair, *attributes = line.split(";")
        name, _, value = pair.strip().partition("=")
        gone = any(one.strip().lower() == "max-age=0" for one in attributes)
        if gone:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value.strip('"')


def complete(browser: Browser, path: str) -> tuple[int, int]:
    """(requests, bytes) of a page with the style sheet and the fonts it asks for, when nothing is kept from before."""
    page = browser.get(path)
    found = [page]
    for address in dict.fromkeys(LINKED.findall(page.text)):
        if address.endswith(".css"):
            sheet = browser.get(address)
            fonts = dict.fromkeys(urljoin(address, one) for one in FONT.findall(sheet.text))
            found += [sheet, *(browser.get(font) for font in fonts)]
    return len(found), sum(len(one.body) for one in found)
