"""How a person fills in the form: the same words, over plain HTTP or in a browser."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from portal.domain.answers import Answer
from tests.support.applicants import Applicant

ROW = re.compile(r'summary-list__key">(.*?)</dt>\s*<dd class="nhsuk-summary-list__value">(.*?)</dd>', re.DOTALL)
LINE = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
GO_ON = re.compile(r'<a class="nhsuk-button" href="([^"]+/go-on)"')


class Way(Protocol):
    """What a person does with a page, and sees on it."""

    @property
    def slug(self) -> str:
        """The last part of the address they are at."""

    @property
    def words(self) -> str:
        """The words of the page, without its frame."""

    @property
    def html(self) -> str:
        """The page as it was sent."""

    @property
    def is_easy(self) -> bool:
        """Whether they read Easy Read."""

    def open(self, slug: str) -> None:
        """Go to a page of the form by its address."""

    def read(self, slug: str) -> str:
        """Return the text of a file of theirs, and stay on this page."""

    def answer(self, answer: Answer) -> None:
        """Fill in the page and continue."""

    def go_on(self) -> None:
        """Follow the way on from a page that only tells something."""

    def send(self) -> None:
        """Send the form from the page where the answers are checked."""


@dataclass
class OverHttp:
    """Requests and answers, as a browser without scripts makes them."""

    applicant: Applicant

    @property
    def slug(self) -> str:
        return self.applicant.slug

    @property
    def words(self) -> str:
        return self.applicant.words

    @property
    def html(self) -> str:
        return self.applicant.html

    @property
    def is_easy(self) -> bool:
        return bool(self.applicant.level)

    def open(self, slug: str) -> None:
        self.applicant.open(slug)

    def read(self, slug: str) -> str:
        return self.applicant.client.get(self.applicant.address(slug)).get_data().decode()

    def answer(self, answer: Answer) -> None:
        self.applicant.answer(self.slug, answer)

    def go_on(self) -> None:
        found = GO_ON.search(self.html)
        assert found, f"there is no way on from {self.slug}"
        self.applicant.open("go-on")

    def send(self) -> None:
        self.applicant.answer("check-answers", {})


@dataclass(frozen=True)
class Row:
    """A question and the lines of its answer, as a page shows them."""

    question: str
    lines: Sequence[str]


def rows_of(html: str) -> list[Row]:
    """Return the rows of a page's summary lists, words exactly as they stand there."""
    return [Row(_text(key), [_text(line) for line in LINE.findall(value)]) for key, value in ROW.findall(html)]


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))
