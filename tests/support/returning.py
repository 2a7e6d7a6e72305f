"""Somebody who comes back with a reference and a private code. `page` is what they look at."""

import re
from dataclasses import dataclass, field
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.follow_up import Code
from portal.drafts.receipt import Receipt
from tests.support.portals import words_of

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ONCE = re.compile(r'name="once" value="([^"]+)"')


@dataclass
class Returner:
    """One person with one browser, at one level."""

    client: FlaskClient
    level: str = ""
    page: TestResponse = field(init=False)
    lang: str = "en"

    @property
    def html(self) -> str:
        """The page they look at."""
        return words_of(self.page)

    @property
    def words(self) -> str:
        """The words of the page, without its frame."""
        main = re.search(r"<main.*?</main>", self.html, re.DOTALL)
        assert main
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())

    @property
    def place(self) -> str:
        """The last part of the address they are at."""
        return self.page.request.path.rsplit("/", 1)[-1]

    def open(self, place: str = "") -> str:
        """Go to a page of the follow-up, wherever it leads; return its words."""
        self.page = self.client.get(self._address(place), follow_redirects=True)
        return self.words

    def press(self, place: str, **data: str) -> str:
        """Send a form with the tokens of the page they look at; return the words of the next page."""
        token, once = TOKEN.search(self.html), ONCE.search(self.html)
        assert token, "the page has no form"
        hidden = {"csrf_token": token[1], **({"once": once[1]} if once else {})}
        self.page = self.client.post(self._address(place), data={**hidden, **data}, follow_redirects=True)
        return self.words

    def come_back(self, receipt: Receipt, own: Code | None = None, **typed: str) -> str:
        """Enter the reference and a code, by default the first; return the words of the next page."""
        self.open()
        known = {"reference": receipt.reference, "code": (own or receipt.codes[0]).words}
        return self.press("", **known | typed)

    def _address(self, place: str) -> str:
        return f"/{self.lang}/{self.level}follow-up" + (f"/{place}" if place else "")
