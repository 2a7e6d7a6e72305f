"""Sealed referrals. Nothing here can open one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import Insert, delete, func, select, update
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into, table_of, touched
from portal.domain.referral import OPEN
from portal.referrals.tables import OpenedRow, ReferralRow
from portal.teams.tables import TeamRow

QUEUE_LENGTH = 200


class ChangedMeanwhile(Exception):
    """Somebody else changed this referral since it was read."""


@dataclass(frozen=True)
class Listed:
    """One line of a queue."""

    reference: str
    team_id: str
    received_at: datetime
    due_on: date | None
    state: str


@dataclass(frozen=True)
class Standing(Listed):
    """What a person who comes back may know of their referral, and what their codes come to."""

    version: int
    area_id: str
    team_key_id: str
    follow_up_digest: str | None
    helper_digest: str | None


@dataclass(frozen=True)
class Sealed(Listed):
    """A referral as it rests: plain columns and the envelope."""

    team_key_id: str
    version: int
    envelope: bytes


_referral, _team = table_of(ReferralRow), table_of(TeamRow)
_listed = tuple(_referral.c[name] for name in ("reference", "team_id", "received_at", "due_on", "state"))
_standing = tuple(_referral.c[name] for name in ("version", "team_key_id", "follow_up_digest", "helper_digest"))
_sealed = (*_listed, *(_referral.c[name] for name in ("team_key_id", "version", "envelope")))


@cache
def _add(dialect: str) -> Insert:
    return insert_into(ReferralRow, dialect).on_conflict_do_nothing(index_elements=["reference"])


def add_referral(session: Session, **row: object) -> bool:
    """Keep a new referral; returns False, and keeps nothing, where its reference is taken."""
    return touched(session.execute(_add(dialect_of(session)), {"version": 1, **row})) == 1


def waiting_for(session: Session, team_ids: Sequence[str], states: Sequence[str]) -> list[Listed]:
    """Return the referrals of these teams in these states: due first, then oldest first."""
    found = session.execute(
        select(*_listed)
        .where(_referral.c.team_id.in_(team_ids), _referral.c.state.in_(states))
        .order_by(_referral.c.due_on.is_(None), _referral.c.due_on, _referral.c.received_at, _referral.c.reference)
        .limit(QUEUE_LENGTH)
    )
    return [Listed(**row) for row in found.mappings()]


def get_sealed(session: Session, reference: str, team_ids: Sequence[str], *, to_change: bool = False) -> Sealed | None:
    """Return a referral of one of these teams; to everyone else it does not exist. `to_change` locks it."""
    statement = select(*_sealed).where(_referral.c.reference == reference, _referral.c.team_id.in_(team_ids))
    found = session.execute(statement.with_for_update() if to_change else statement).mappings()
    row = found.one_or_none()
    return None if row is None else Sealed(**row)


def get_standing(session: Session, reference: str, *, to_change: bool = False) -> Standing | None:
    """Return where a referral stands, without its envelope; `to_change` locks it until the commit."""
    statement = (
        select(*_listed, *_standing, _team.c.area.label("area_id"))
        .join(_team, _team.c.id == _referral.c.team_id)
        .where(_referral.c.reference == reference)
    )
    found = session.execute(statement.with_for_update(of=_referral) if to_change else statement).mappings()
    row = found.one_or_none()
    return None if row is None else Standing(**row)


def listed(session: Session, references: Collection[str], states: Sequence[str]) -> list[Listed]:
    """Return these referrals, as far as they are in these states, oldest first."""
    found = session.execute(
        select(*_listed)
        .where(_referral.c.reference.in_(references), _referral.c.state.in_(states))
        .order_by(_referral.c.received_at, _referral.c.reference)
    )
    return [Listed(**row) for row in found.mappings()]


def change(session: Session, sealed: Sealed | Standing, expected: int | None = None, **values: object) -> None:
    """Change a referral as it was read, or as a page showed it. Raises ChangedMeanwhile if somebody else was faster.

    A checked copy is one team's, of what it has done with: with another team, or work begun again, the check is gone.
    """
    if "team_id" in values or values.get("state") in OPEN:
        values["confirmed_at"] = None
    result = session.execute(
        update(_referral)
        .where(_referral.c.reference == sealed.reference, _referral.c.version == (expected or sealed.version))
        .values(version=sealed.version + 1, **values)
    )
    if touched(result) != 1:
        raise ChangedMeanwhile(f"{sealed.reference} was changed by somebody else")


def confirm_digest_of(session: Session, reference: str) -> str | None:
    """Return the digest of the code that confirms a copy, where one is kept."""
    return session.scalar(select(_referral.c.confirm_digest).where(_referral.c.reference == reference))


def keep_confirm_digest(session: Session, reference: str, digest: str) -> None:
    """Keep the digest of the code that confirms a copy."""
    session.execute(update(_referral).where(_referral.c.reference == reference).values(confirm_digest=digest))


def note_opened(session: Session, session_id: str, reference: str, now: datetime) -> None:
    """Note that a session may show this referral again, with every message so far."""
    noted = insert_into(OpenedRow, dialect_of(session)).values(session_id=session_id, reference=reference, at=now)
    session.execute(noted.on_conflict_do_update(index_elements=["session_id", "reference"], set_={"at": now}))


def opened_at(session: Session, session_id: str, reference: str) -> datetime | None:
    """Return when a session has last opened this referral; None where it has not."""
    noted = session.get(OpenedRow, (session_id, reference))
    return None if noted is None else noted.at


def forget_opened(session: Session, reference: str) -> None:
    """Let no session show this referral again."""
    session.execute(delete(OpenedRow).where(OpenedRow.reference == reference))


def count_referrals(session: Session, team_id: str | None = None) -> int:
    """Return how many referrals rest here, of one team or of all."""
    statement = select(func.count()).select_from(_referral)
    return session.scalar(statement if team_id is None else statement.where(_referral.c.team_id == team_id)) or 0
