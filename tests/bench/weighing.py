"""What a browser fetches for a page, beside its pictures: the page, its styles, its scripts, its fonts."""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
FETCHED = re.compile(r'<(?:script|img|iframe|source|link)[^>]* (?:src|href)="(https?://[^"]+)"')
FONT = re.compile(r"url\(['\"]?([^'\")]+\.woff2?)['\"]?\)")
NOT_FETCHED = re.compile(r'<link rel="canonical"[^>]*>|<meta[^>]*>')


@dataclass
class Weight:
    """Bytes as they were sent, and what came from elsewhere."""

    page: int = 0
    style: int = 0
    script: int = 0
    font: int = 0
    elsewhere: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        """All but pictures."""
        return self.page + self.style + self.script + self.font

    @property
    def described(self) -> str:
        """Of what it is made."""
        parts = f"page {self.page:,}, styles {self.style:,}, scripts {self.script:,}, fonts {self.font:,} bytes as sent"
        return f"{parts} to a browser that takes gzip; elsewhere: {', '.join(self.elsewhere) or 'nothing'}"


def weigh(port: int, path: str) -> Weight:
    """Fetch a page as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def fetch(address: str, *, packed: bool = True) -> bytes:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"} if packed else {})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        return body

    words = fetch(path, packed=False).decode()
    found = Weight(page=len(fetch(path)))
    found.elsewhere = [
        address
        for address in FETCHED.findall(NOT_FETCHED.sub("", words))
        if urlsplit(address).netloc != f"127.0.0.1:{port}"
    ]
    for address in SHEET.findall(words):
        found.style += len(fetch(address))
        sheet = fetch(address, packed=False).decode()
        found.font += sum(len(fetch(urljoin(address, font))) for font in set(FONT.findall(sheet)))
    found.script = sum(len(fetch(address)) for address in set(SCRIPT.findall(words)))
    return found
