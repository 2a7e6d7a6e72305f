"""One area's staff in the test's own process, at little cost: a lead, a member, a coordinator and an auditor."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import totp
from portal.accounts.add_member import add_member, new_member
from portal.accounts.sessions import start_session
from portal.database.engine import Engine, make_engine, writing
from portal.database.schema import upgrade
from portal.settings import Settings, make_secrets
from portal.teams.invite import give_area_role
from portal.teams.tables import MembershipRow
from tests.support.clocks import MORNING, SetClock
from tests.support.portals import strict_app
from tests.support.staff_member import StaffMember
from tests.support.teams import CHEAP, a_team

TEAM, AREA = "gloucestershire-dsr", "gloucestershire"


@dataclass
class Office:
    """The application, its clock, and its people by what they are."""

    app: Flask
    clock: SetClock
    seeds: dict[str, tuple[str, bytes]]
    known: dict[str, dict[str, str]]

    @property
    def engine(self) -> Engine:
        """The database."""
        engine: Engine = self.app.extensions["portal"].engine
        return engine

    def at_work(self, role: str) -> StaffMember:
        """Return somebody of this role, signed in just now with a browser of their own."""
        member = StaffMember(self.browser(role), self.known[role], self.clock)
        member.open("/staff/sign-in")
        return member

    def browser(self, role: str) -> FlaskClient:
        """Return a browser that holds a session."""
        member_id, seed = self.seeds[role]
        with writing(self.engine) as session:
            secret = start_session(session, member_id, seed, self.clock())
        client = self.app.test_client()
        client.set_cookie("staff", base64.urlsafe_b64encode(secret).decode())
        return client


@contextmanager
def an_office(folder: Path, **settings: str) -> Iterator[Office]:
    """Give an office until the block ends."""
    make_secrets(folder)
    read = Settings.from_env({"PORTAL_INSTANCE": str(folder), "PORTAL_DEMO": "1", **settings})
    engine = make_engine(read.database_url)
    upgrade(engine)
    team = a_team(engine, TEAM, people=0, area=AREA)
    seeds, known = {}, {}
    with writing(engine) as session:
        for role in ("lead", "member", "coordinator", "auditor"):
            secret, words = totp.new_secret(), f"the plain words of {role}"
            email = f"{role}@x.example"
            made = new_member(
                email, f"{role} Patel", passphrase=words, totp_secret=secret, pepper=read.pepper, cost=CHEAP
            )
            add_member(session, made, MORNING)
            seeds[role] = (made.id, made.seed)
            known[role] = {"email": email, "passphrase": words, "totp_secret": secret}
            if role in {"lead", "member"}:
                session.add(MembershipRow(member_id=made.id, team_id=team.id, role=role, joined_at=MORNING))
            else:
                give_area_role(session, made.id, AREA, role, now=MORNING, actor="system")
    clock = SetClock()
    with strict_app(read, clock) as app:
        yield Office(app, clock, seeds, known)
    engine.dispose()
