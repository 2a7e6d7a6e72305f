"""What a first visit weighs: the page and everything it asks for, as served, with Brotli where the server offers it."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin

import brotli

FETCHED_RELS = {"stylesheet", "icon", "manifest", "preload", "modulepreload", "mask-icon", "apple-touch-icon"}
CODE = re.compile(r"(html|css|javascript)")


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire, heads aside. `code` is HTML, CSS and JavaScript; `pictures` is the rest."""

    code: int
    pictures: int
    requests: int


class Asked(HTMLParser):
    """Collects what a page makes a browser fetch at once."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one address."""
        given = dict(attrs)
        if tag == "link" and FETCHED_RELS & set((given.get("rel") or "").split()):
            self.addresses.add(given.get("href") or "")
        if tag in {"script", "img"} and given.get("src") and given.get("loading") != "lazy":
            self.addresses.add(given["src"] or "")


def weigh(port: int, path: str) -> Weight:
    """Fetch one page as a browser with an empty cache would."""
    kind, sent, page = fetch(port, path)
    asked = Asked()
    asked.feed(page.decode())
    code, pictures = sent, 0
    for address in asked.addresses - {""}:
        kind, sent, _ = fetch(port, urljoin(path, address))
        if CODE.search(kind):
            code += sent
        else:
            pictures += sent
    return Weight(code, pictures, 1 + len(asked.addresses))


def fetch(port: int, path: str) -> tuple[str, int, bytes]:
    """Return the type of an answer, its length as sent, and its content unpacked."""
    connection = HTTPConnection("localhost", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "br", "Accept": "*/*"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    packed = response.getheader("Content-Encoding") == "br"
    return response.getheader("Content-Type", ""), len(body), brotli.decompress(body) if packed else body
