"""A database of the release before: upgraded, it keeps every letter readable and every code working."""

import hashlib
import json
import lzma
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError

from portal.accounts.recover_own import recover_own
from portal.accounts.sessions import load_session
from portal.audit.queries import Head, verify
from portal.database.engine import Engine, make_engine, reading, writing
from portal.database.schema import is_current, metadata, upgrade
from portal.domain.follow_up import Right
from portal.drafts.acts import open_saved, read_answers
from portal.follow_up.tell_of_news import Wish, wish_of
from portal.follow_up.visit import come_back
from portal.jobs.housekeeping import one_round
from portal.mail.messages import Site
from portal.mail.senders import Outgoing
from portal.referrals.add_note import notes_of
from portal.referrals.answer_offer import look_at_offer, open_offer, take_offer
from portal.referrals.open import NotYours, open_referral
from portal.referrals.tables import MessageRow, ReferralRow
from portal.sealing.envelope import open_sealed
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.kit import seed_of
from portal.teams.staff import KeysOf, StaffSession
from tests.support.teams import CHEAP, Person, sign_in_as, signed_in

STORED = Path(__file__).parent / "stored"
MINUTE = timedelta(minutes=1)
SITE = Site("https://dsr.example.nhs.uk")


@dataclass(frozen=True)
class Stored:
    """The upgraded database, and what its people know."""

    engine: Engine
    known: Mapping[str, Any]

    @property
    def now(self) -> datetime:
        """The moment at which the release before was stopped."""
        return datetime.fromisoformat(self.known["now"])

    @property
    def pepper(self) -> bytes:
        """The configuration's."""
        return bytes.fromhex(self.known["pepper"])

    @property
    def alive(self) -> Mapping[str, Mapping[str, Any]]:
        """The referrals whose content is there."""
        return {name: held for name, held in self.known["referrals"].items() if name != "erased"}

    def person(self, name: str) -> Person:
        """Return somebody on the staff."""
        known = self.known["people"][name]
        return Person(known["id"], known["email"], known["passphrase"], known["totp_secret"])

    def at_work(self, name: str) -> StaffSession:
        """Sign somebody in."""
        return signed_in(self.engine, self.person(name), self.now)

    def kit(self, name: str) -> KeyPair:
        """Return a kit's key, by its words."""
        return KeyPair(seed_of(self.known["kits"][name]))

    def envelopes(self, team: str) -> list[bytes]:
        """Return everything sealed that rests with a team."""
        with reading(self.engine) as session:
            sealed = session.scalars(select(ReferralRow).where(ReferralRow.team_id == team, ReferralRow.key_ids != ""))
            letters = {row.reference: row.envelope for row in sealed}
            messages = session.scalars(select(MessageRow.envelope).where(MessageRow.reference.in_(letters)))
            return [*letters.values(), *messages]


@pytest.fixture
def stored(database_url: str) -> Iterator[Stored]:
    """Load what the release before left, and upgrade it."""
    kind = make_url(database_url).get_backend_name()
    load(database_url, lzma.decompress((STORED / f"{kind}.sql.xz").read_bytes()).decode())
    engine = make_engine(database_url)
    upgrade(engine)
    yield Stored(engine, json.loads((STORED / "secrets.json").read_text(encoding="utf-8"))[kind])
    engine.dispose()


def load(url: str, sql: str) -> None:
    """Run the text of a database."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(str(make_url(url).database))
        connection.executescript(sql)
        connection.close()
        return
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as postgres:
        postgres.execute(sql.encode())


@dataclass
class Box:
    """A way out that keeps what it is given."""

    sent: list[Outgoing] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Keep it."""
        self.sent.append(message)


def test_it_becomes_current_with_the_tables_that_are_declared(stored: Stored) -> None:
    upgrade(stored.engine)
    assert is_current(stored.engine)
    with stored.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_its_log_still_refuses_to_be_changed(stored: Stored) -> None:
    with pytest.raises(DBAPIError, match="append-only"), writing(stored.engine) as session:
        session.execute(text("UPDATE audit SET event = 'nothing'"))


def test_the_team_opens_every_letter_message_and_note(stored: Stored) -> None:
    staff = {"team-a": stored.at_work("ada"), "team-b": stored.at_work("ben")}
    assert len(stored.alive) == 6
    for held in stored.alive.values():
        found = open_referral(stored.engine, staff[held["team"]], held["reference"], stored.now)
        assert found.content is not None
        assert hashlib.sha256(found.content).hexdigest() == held["sha256"]
        written = [json.loads(message.content or b"")["lines"]["Message"] for message in found.messages]
        assert sorted(written) == sorted(held["messages"])
        with reading(stored.engine) as session:
            notes = notes_of(session, KeysOf(session, staff[held["team"]]), held["reference"])
        assert [note.text for note in notes] == held["notes"]


def test_the_kits_in_use_open_everything_and_the_retired_one_nothing(stored: Stored) -> None:
    assert len(stored.envelopes("team-a")) == 9
    for team, kit in (("team-a", "current"), ("team-b", "team-b")):
        for envelope in stored.envelopes(team):
            assert open_sealed(envelope, stored.kit(kit)) == open_sealed(envelope, stored.kit("area"))
            with pytest.raises(SealBroken):
                open_sealed(envelope, stored.kit("retired"))


def test_every_code_brings_its_holder_back(stored: Stored) -> None:
    for held in stored.known["referrals"].values():
        for right, code in held["codes"].items():
            visit = come_back(stored.engine, held["reference"], code, stored.pepper, stored.now)
            assert visit.right is Right(right)


def test_drafts_saved_forms_and_receipts_open(stored: Stored) -> None:
    draft, saved = stored.known["draft"], stored.known["saved"]
    kept = read_answers(stored.engine, bytes.fromhex(draft["secret"]), stored.now)
    assert kept is not None
    assert kept.answers == draft["answers"]
    found = open_saved(stored.engine, saved["code"], stored.now, pepper=stored.pepper)
    assert found is not None
    assert found.answers == saved["answers"]
    waiting = stored.known["referrals"]["waiting"]
    after = read_answers(stored.engine, bytes.fromhex(waiting["receipt"]), stored.now)
    assert after is not None
    assert after.receipt is not None
    assert after.receipt.reference == waiting["reference"]
    assert {code.words for code in after.receipt.codes} == set(waiting["codes"].values())


def test_who_was_signed_in_still_is(stored: Stored) -> None:
    ada = stored.known["people"]["ada"]
    found = load_session(stored.engine, bytes.fromhex(ada["session"]), stored.now)
    assert found is not None
    assert (found.member_id, found.role_in("team-a")) == (ada["id"], "lead")


@pytest.mark.parametrize("name", ["ada", "ben", "cleo"])
def test_a_recovery_code_gives_a_new_passphrase(stored: Stored, name: str) -> None:
    person, words = stored.person(name), "quite another passphrase"
    recover_own(
        stored.engine,
        email=person.email,
        recovery_code=stored.known["people"][name]["recovery_code"],
        code=person.code(stored.now),
        passphrase=words,
        pepper=stored.pepper,
        now=stored.now,
        cost=CHEAP,
    )
    assert sign_in_as(stored.engine, person, stored.now + MINUTE, passphrase=words)


def test_the_log_is_whole(stored: Stored) -> None:
    with reading(stored.engine) as session:
        found = verify(session, Head(**stored.known["log"]))
    assert found.line == stored.known["log"]["line"]


def test_an_offer_can_be_taken(stored: Stored) -> None:
    offered, ada, ben = stored.alive["offered"], stored.at_work("ada"), stored.at_work("ben")
    open_offer(stored.engine, ben, offered["reference"], stored.now)
    _offer, content = look_at_offer(stored.engine, ben, offered["reference"])
    assert hashlib.sha256(content or b"").hexdigest() == offered["sha256"]
    take_offer(stored.engine, ben, offered["reference"], stored.now)
    assert open_referral(stored.engine, ben, offered["reference"], stored.now).content == content
    with pytest.raises(NotYours):
        open_referral(stored.engine, ada, offered["reference"], stored.now)


def test_mail_that_waited_is_sent_and_the_wish_for_news_is_kept(stored: Stored) -> None:
    wish, box = stored.known["wish"], Box()
    done, faults = one_round(stored.engine, box, SITE, lambda: stored.now, stored.pepper)
    assert (done.given_up, faults) == (0, [])
    told = {message.to: message for message in box.sent}
    assert {"ada@x.example", "ben@x.example", wish["address"]} <= set(told)
    assert f"{SITE.address}/en/follow-up" in told[wish["address"]].body
    held = stored.known["referrals"]["waiting"]
    visit = come_back(stored.engine, held["reference"], held["codes"]["full"], stored.pepper, stored.now)
    found = wish_of(stored.engine, visit, stored.pepper)
    assert found is not None
    assert found == Wish(wish["channel"], wish["address"], "en", "standard")
