"""The staff of the demonstration's teams: they sign in, look at their queue, open what is theirs and collect it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from portal.accounts.totp import code_at
from tests.support.applicants import TOKEN
from tests.support.portals import words_of

NEXT = re.compile(r'<a href="([^"]+)">Next page</a>')
WRITTEN = re.compile(r'<p class="app-words"[^>]*>(.*?)</p>', re.DOTALL)


@dataclass
class Staff:
    """One member of staff with a browser of their own, over plain HTTP."""

    email: str
    passphrase: str
    totp_secret: str
    teams: Sequence[str]
    client: FlaskClient
    now: Callable[[], datetime]
    html: str = ""
    status: int = 0
    written: list[str] = field(default_factory=list)

    def when_they_sign_in(self) -> "Staff":
        self._get("/staff/sign-in")
        code = code_at(self.totp_secret, self.now())
        self._post("/staff/sign-in", email=self.email, passphrase=self.passphrase, code=code)
        assert "Referrals</h1>" in self.html, self.html
        return self

    def when_they_open(self, reference: str) -> "Staff":
        """Open a referral's seal, and read it."""
        self._get(f"/staff/referrals/{reference}")
        self._post(f"/staff/referrals/{reference}/open")
        self.written = [unescape(line) for line in WRITTEN.findall(self.html)]
        return self

    def when_they_collect(self, reference: str) -> "Staff":
        version = re.search(r'name="version" value="(\d+)"', self.html)
        assert version
        self._post(f"/staff/referrals/{reference}/collected", version=version.group(1))
        return self

    def when_they_go_to(self, path: str) -> "Staff":
        self._get(path)
        return self

    def when_they_press(self, path: str, **data: str) -> "Staff":
        self._post(path, **data)
        return self

    def when_they_show_the_person(self, news: str, reference: str) -> "Staff":
        """Show one of the fixed lines on the person's follow-up page."""
        return self.when_they_press(f"/staff/referrals/{reference}/tell", news=news)

    def then_it_waits_in_their_queue(self, reference: str) -> "Staff":
        assert reference in self._queue()
        return self

    def then_they_read(self, *words: str) -> "Staff":
        text = " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())
        for each in words:
            assert each in text, f"{each!r} is not said: {text}"
        return self

    def then_it_says_word_for_word(self, lines: Sequence[str]) -> "Staff":
        """Read each line as it was typed; a line of several boxes stands behind its box's label."""
        for line in lines:
            assert any(each == line or each.endswith(f": {line}") for each in self.written), (line, self.written)
        return self

    def then_it_does_not_exist_for_them(self, reference: str) -> "Staff":
        """Neither see a referral in the queue, nor find, open or collect it."""
        assert reference not in self._queue()
        token = self._token()
        self._get(f"/staff/referrals/{reference}")
        assert self.status == 404
        for act in ("open", "collected"):
            reply = self.client.post(f"/staff/referrals/{reference}/{act}", data={"csrf_token": token})
            assert reply.status_code == 404, f"{self.email} could do this to {reference}: {act}"
        return self

    def _queue(self) -> str:
        """Return every page of what waits for them, the last one open."""
        pages = self._get("/staff/")
        while following := NEXT.search(self.html):
            pages += self._get(unescape(following.group(1)))
        return pages

    def _get(self, path: str) -> str:
        reply = self.client.get(path)
        self.html, self.status = words_of(reply), reply.status_code
        return self.html

    def _post(self, path: str, **data: str) -> str:
        reply = self.client.post(path, data={**data, "csrf_token": self._token()})
        if reply.status_code in (302, 303):
            return self._get(reply.headers["Location"])
        self.html, self.status = words_of(reply), reply.status_code
        return self.html

    def _token(self) -> str:
        found = TOKEN.search(self.html)
        if not found:
            found = TOKEN.search(self._get("/staff/"))
        assert found, "the page has no form"
        return found.group(1)


def staff_of(demo: dict[str, Any], make_client: Callable[[], FlaskClient], now: Callable[[], datetime]) -> list[Staff]:
    """Return everybody who works in a demonstration team, each once, none signed in."""
    people = {member["email"]: member for team in demo["teams"] for member in team["staff"]}
    return [
        Staff(
            email,
            member["passphrase"],
            member["totp_secret"],
            [team["id"] for team in demo["teams"] if member in team["staff"]],
            make_client(),
            now,
        )
        for email, member in people.items()
    ]
