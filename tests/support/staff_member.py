"""A `visitor` at the staff's door, the `member` they become by signing in, and referrals that wait for them."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts import totp
from portal.database.engine import writing
from portal.domain.counting import Counted
from portal.domain.follow_up import Holder, Holders
from portal.domain.submission import Submission
from portal.drafts.queries import put_draft
from portal.drafts.receipt import Receipt
from portal.referrals.submit import submit_referral
from portal.sealing.drafts import lock, new_secret, row_id
from tests.support.clocks import SetClock
from tests.support.portals import words_of

TEAM = "gloucestershire-dsr"
BORN = {"day": "1", "month": "2", "year": "2001"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class StaffMember:
    """Somebody of a demonstration team. `page` is what they look at."""

    client: FlaskClient
    known: dict[str, str]
    clock: SetClock
    page: TestResponse = field(init=False)

    @property
    def html(self) -> str:
        """The page they look at."""
        return words_of(self.page)

    @property
    def path(self) -> str:
        """Where they are."""
        assert self.page
        return self.page.request.path

    def open(self, path: str) -> str:
        """Go to an address, wherever it leads."""
        self.page = self.client.get(path, follow_redirects=True)
        return self.html

    def press(self, path: str, **data: str) -> str:
        """Send a form with the page's token, wherever it leads."""
        found = TOKEN.search(self.html)
        assert found, "the page has no form"
        self.page = self.client.post(path, data={**data, "csrf_token": found[1]}, follow_redirects=True)
        return self.html

    def sign_in(self, **typed: str) -> str:
        """Sign in with what they know, but for what is given; each time with a new code."""
        self.clock.move_on(seconds=30)
        self.open("/staff/sign-in")
        known = {"email": self.known["email"], "passphrase": self.known["passphrase"], "code": self.code()}
        return self.press("/staff/sign-in", **known | typed)

    def code(self) -> str:
        """Return what their app shows."""
        return totp.code_at(self.known["totp_secret"], self.clock())


def a_member(app: Flask, demo: dict[str, Any], clock: SetClock, team_id: str, position: int = 0) -> StaffMember:
    """Return somebody of a team with a fresh browser."""
    team = next(team for team in demo["teams"] if team["id"] == team_id)
    return StaffMember(app.test_client(), team["staff"][position], clock)


def a_document(name: str = "Zoë Quetzal", born: dict[str, str] | None = None, **answers: Any) -> bytes:
    """Return a sealed document's content of somebody with this name."""
    document = {
        "form": 1,
        "routing": {"reason": "because the person lives in Stroud", "register": None},
        "consent": {"pathway": "own", "reason": "They said yes.", "team_must": None},
        "needs": ["Large print"],
        "name": name,
        "sections": [
            {
                "key": "contact",
                "title": "Contact",
                "items": [{"key": "contact_way", "question": "Best way?", "answers": ["Phone call"]}],
            }
        ],
        "answers": {"date_of_birth": born or BORN, "full_name": {"full_name": name}, **answers},
    }
    return json.dumps(document, ensure_ascii=False).encode()


def referral_for(app: Flask, team_id: str, content: bytes, due_on: date | None = None) -> str:
    """Send a document to a team; return its reference."""
    return receipt_for(app, team_id, content, due_on).reference


def receipt_for(
    app: Flask,
    team_id: str,
    content: bytes,
    due_on: date | None = None,
    holders: Holders = Holders(Holder.YOU),  # noqa: B008  # it is frozen
) -> Receipt:
    """Send a document to a team; return the receipt, with the codes to come back with."""
    held = app.extensions["portal"]
    secret, now = new_secret(), held.now()
    with writing(held.engine) as session:
        put_draft(session, row_id(secret), lock(secret, b"{}", "draft"), now, now + timedelta(hours=1))
    return submit_referral(
        held.engine,
        secret,
        Submission(
            team_id=team_id,
            area_id=held.areas.of_team(team_id).id,
            document=content,
            form_version=1,
            schema_hash="5f" * 32,
            due_on=due_on,
            holders=holders,
            counted=Counted(is_adult=True, is_helped=False),
        ),
        pepper=held.settings.pepper,
        now=now,
    )


@pytest.fixture
def visitor(app: Flask, demo: dict[str, Any], clock: SetClock) -> StaffMember:
    """Give somebody of the Gloucestershire team who is about to sign in."""
    return a_member(app, demo, clock, TEAM)


@pytest.fixture
def member(visitor: StaffMember) -> StaffMember:
    """Give somebody of the Gloucestershire team who has signed in."""
    visitor.sign_in()
    assert visitor.path == "/staff/"
    return visitor
