"""Somebody filling in the form over HTTP, page by page, as a browser without JavaScript would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.answers import Answer
from tests.support.portals import words_of

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Applicant:
    """One person with one browser. `page` is what they look at now."""

    client: FlaskClient
    level: str = ""
    page: TestResponse | None = None
    lang: str = "en"

    def open(self, slug: str) -> str:
        """Open a page of the form, follow where it sends them, and return its words."""
        return self._arrive(self.client.get(self.address(slug)))

    def address(self, slug: str) -> str:
        """Return a page's address at this person's level."""
        return f"/{self.lang}/{self.level}apply/{slug}"

    def answer(self, slug: str, answer: Mapping[str, object], query: str = "") -> str:
        """Send an answer with the token of the page they look at; return the words of the next page."""
        data = {**answer, "csrf_token": self.token()}
        return self._arrive(self.client.post(self.address(slug) + query, data=data))

    def token(self) -> str:
        """Return the token of the page they look at, or of the first page that has one."""
        if not TOKEN.search(self.html):
            self.open("safe-now")
        found = TOKEN.search(self.html)
        assert found
        return found.group(1)

    def fill(self, answers: Mapping[str, Answer]) -> str:
        """Answer every question they are asked, for as long as they know an answer; return the last page's words."""
        self.open("go-on")
        while self.question in answers:
            before = self.question
            self.answer(self.slug, answers[before])
            if self.slug in ("urgent-help-first", "help-in-hospital"):
                self.open("go-on")
            if self.question == before:
                return self.words
        return self.words

    def send(self, answers: Mapping[str, Answer]) -> str:
        """Fill in the form, check it and send it; return the sent page's words."""
        self.fill(answers)
        assert self.slug == "check-answers", f"stopped at {self.slug}: {self.words}"
        return self.answer("check-answers", {})

    @property
    def html(self) -> str:
        return words_of(self.page) if self.page else ""

    @property
    def words(self) -> str:
        """The words of the page, without its frame."""
        main = re.search(r"<main.*?</main>", self.html, re.DOTALL)
        text = re.sub(r"<[^>]+>", " ", main.group(0) if main else self.html)
        return " ".join(unescape(text).split())

    @property
    def slug(self) -> str:
        """The last part of the address they are at."""
        assert self.page
        return self.page.request.path.rsplit("/", 1)[-1]

    @property
    def question(self) -> str:
        """The key of the question they look at."""
        return self.slug.replace("-", "_")

    def _arrive(self, response: TestResponse) -> str:
        while response.status_code in (301, 302, 303):
            response = self.client.get(response.headers["Location"])
        self.page = response
        return self.words


@pytest.fixture
def applicant(app: Flask) -> Applicant:
    """Give somebody who is about to fill in the form."""
    return Applicant(app.test_client())
