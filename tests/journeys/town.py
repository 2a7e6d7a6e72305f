"""The portal, everybody who may come to it, and every team's staff at work: one town for a worker's whole run."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.database.engine import reading
from portal.referrals.queries import count_referrals
from portal.settings import Settings
from tests.journeys.afterwards import Back
from tests.journeys.person import Person
from tests.journeys.staff import Staff, staff_of
from tests.journeys.ways import OverHttp
from tests.support.applicants import Applicant
from tests.support.databases import draft_ids
from tests.support.portals import StrictClient
from tests.support.returning import Returner

NOW = datetime(2026, 11, 20, 11, 5, tzinfo=UTC)


@dataclass
class Town:
    """One portal in this process, at one moment, with demonstration teams."""

    app: Flask
    demo: dict[str, Any] = field(repr=False)
    at_work: dict[str, Staff] = field(default_factory=dict, repr=False)
    before: tuple[int, int] = (0, 0)

    def person(self, name: str = "", *, level: str = "") -> Person:
        """Give somebody new, who is about to fill in the form."""
        self.before = self.kept()
        somebody = Person(OverHttp(Applicant(self.app.test_client(), level)), NOW.date())
        return somebody.given_name(name) if name else somebody

    def elsewhere(self, person: Person) -> Person:
        """Give the same person, with the answers they have in mind, at another device."""
        level = "easy-read/" if person.way.is_easy else ""
        return Person(OverHttp(Applicant(self.app.test_client(), level)), person.today, person.answers)

    def back(self, person: Person, code: str, *, level: str = "") -> Back:
        """Give somebody who comes back with a code of this person's sent page, on another device."""
        return Back.with_code(Returner(self.app.test_client(), level), person, code)

    def nobody(self) -> Returner:
        """Give somebody without any code, who looks at the pages of the follow-up."""
        return Returner(self.app.test_client())

    def staff(self, team_id: str) -> Staff:
        """Give somebody signed in who works in this team, and in no other where there is such a one."""
        fitting = [staff for staff in self._everybody() if team_id in staff.teams]
        return self._signed_in(min(fitting, key=lambda staff: len(staff.teams)))

    def strangers_to(self, team_id: str) -> list[Staff]:
        """Give somebody signed in from every other team, none of whom works in this one."""
        others = {team["id"] for team in self.demo["teams"]} - {team_id}
        found = [self.staff(other) for other in sorted(others)]
        return [staff for staff in found if team_id not in staff.teams]

    def kept(self) -> tuple[int, int]:
        """Return how many drafts or receipts, and how many referrals, lie in the database."""
        with reading(self.app.extensions["portal"].engine) as session:
            return len(draft_ids(session)), count_referrals(session)

    def then_only(self, team_id: str, *, opens: Person) -> Staff:
        """See the referral in this team's queue alone, opened there word for word; return the staff who reads it."""
        for stranger in self.strangers_to(team_id):
            stranger.then_it_does_not_exist_for_them(opens.reference)
        reader = self.staff(team_id).then_it_waits_in_their_queue(opens.reference).when_they_open(opens.reference)
        return reader.then_it_says_word_for_word(opens.said())

    def then_nothing_was_kept(self) -> None:
        """Find in the database what lay there before the last person came, and nothing else."""
        assert self.kept() == self.before

    def _everybody(self) -> list[Staff]:
        if not self.at_work:
            everybody = staff_of(self.demo, lambda: FlaskClient(self.app, self.app.response_class), lambda: NOW)
            self.at_work = {staff.email: staff for staff in everybody}
        return list(self.at_work.values())

    def _signed_in(self, staff: Staff) -> Staff:
        return staff if staff.status else staff.when_they_sign_in()


def found_town(instance: Path, clock: Callable[[], datetime] = lambda: NOW) -> Town:
    """Found a town on an instance folder with demonstration teams, by this clock."""
    settings = Settings.from_env({"PORTAL_INSTANCE": str(instance), "PORTAL_DEMO": "1"})
    app = create_app(settings, now=clock)
    app.testing = True
    app.test_client_class = StrictClient
    return Town(app, json.loads((instance / "demo.json").read_text(encoding="utf-8")))
