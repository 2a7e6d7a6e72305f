"""The audit log: append-only, each line hashed over the one before, and only events that are declared here.

A line says who did what to which envelope, never what was inside. A changed, missing or inserted line breaks the chain;
lines cut off at the end are found by comparing `head` with one that was mailed out.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, insert, select, text
from sqlalchemy.orm import Session

from portal.audit.tables import AuditRow
from portal.database.base import dialect_of, table_of

CHAIN_LOCK = 7_235_002
"""PostgreSQL advisory lock: lines are written one after the other. SQLite's writers already are."""

START = "0" * 64

EVENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "referral.received": frozenset({"envelope", "keys"}),
        "referral.opened": frozenset({"envelope"}),
        "referral.state_changed": frozenset({"envelope", "from", "to"}),
        "referral.consent_taken_back": frozenset({"envelope"}),
        "referral.erased": frozenset({"envelope", "messages"}),
        "referral.taken_up": frozenset({"envelope"}),
        "referral.given_back": frozenset({"envelope"}),
        "referral.exported": frozenset({"envelope", "form"}),
        "queue.unlocked": frozenset({"envelopes", "count"}),
        "note.added": frozenset({"envelope", "keys"}),
        "message.received": frozenset({"envelope", "keys"}),
        "message.opened": frozenset({"envelope"}),
        "person.came_back": frozenset(),
        "person.wish_changed": frozenset({"how"}),
        "person.told": frozenset({"news"}),
        "staff.signed_in": frozenset(),
        "staff.sign_in_failed": frozenset({"why"}),
        "staff.signed_out": frozenset({"why"}),
        "referral.offered": frozenset({"envelope", "to", "reason"}),
        "referral.taken": frozenset({"envelope", "from"}),
        "referral.sent_back": frozenset({"envelope", "from", "why"}),
        "referral.handed_over": frozenset({"envelope", "from", "to"}),
        "referral.confirmed": frozenset({"envelope"}),
        "referral.escalated": frozenset({"due"}),
        "mail.tried_again": frozenset({"count"}),
        "team.created": frozenset({"area"}),
        "team.ready": frozenset({"epoch", "holders"}),
        "team.epoch_made": frozenset({"epoch", "key", "holders"}),
        "team.key_shared": frozenset({"epochs", "key", "how"}),
        "team.key_renewed": frozenset({"epoch", "destroyed"}),
        "team.went_offline": frozenset({"epoch", "key"}),
        "team.lapsed": frozenset({"to", "referrals"}),
        "member.invited": frozenset({"role"}),
        "member.created": frozenset({"key"}),
        "member.joined": frozenset({"role"}),
        "member.made_lead": frozenset(),
        "member.left": frozenset({"sessions", "keys"}),
        "member.reset_allowed": frozenset(),
        "member.new_key": frozenset({"key"}),
        "member.new_passphrase": frozenset({"how"}),
        "member.new_recovery_code": frozenset(),
        "member.passkey_added": frozenset({"key"}),
        "member.passkey_removed": frozenset({"key"}),
        "member.new_authenticator": frozenset(),
        "area.role_given": frozenset({"area", "role"}),
        "recovery.kit_made": frozenset({"kind", "key"}),
        "recovery.canary_opened": frozenset({"kind", "key"}),
    }
)
"""Every event, with the keys its detail must have: no more, no fewer."""

PUBLIC = "public"
SYSTEM = "system"

_audit = table_of(AuditRow)
_WRITE = insert(_audit)
_LAST = select(_audit.c.id, _audit.c.hash).order_by(_audit.c.id.desc()).limit(1)
_EVERY = select(_audit).order_by(_audit.c.id).execution_options(yield_per=1000)
_TAKE_TURN = text("SELECT pg_advisory_xact_lock(:key)")


class UndeclaredEvent(ValueError):
    """An event that is not declared, or whose detail has other keys than declared."""


class AuditBroken(Exception):
    """The chain does not hold; `line` is the number of the first line that is wrong."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"audit line {line}: {why}")
        self.line = line


@dataclass(frozen=True)
class Head:
    """The last line's number and hash: who has noted it finds out when lines are cut off later."""

    line: int
    hash: str


@dataclass(frozen=True)
class Line:
    """One line, to show."""

    id: int
    at: datetime
    event: str
    actor: str
    team: str | None
    subject: str | None
    detail: str
    hash: str


def by_member(member_id: str) -> str:
    """Return the actor's name in the log."""
    return f"member:{member_id}"


def record(
    session: Session,
    event: str,
    *,
    at: datetime,
    actor: str,
    team: str | None = None,
    subject: str | None = None,
    **detail: str | int,
) -> None:
    """Write one line, last in its transaction. Raises UndeclaredEvent."""
    if event not in EVENTS:
        raise UndeclaredEvent(f"{event} is not a declared event")
    if detail.keys() != EVENTS[event]:
        raise UndeclaredEvent(f"{event} carries {sorted(EVENTS[event])}, not {sorted(detail)}")
    if dialect_of(session) == "postgresql":
        session.execute(_TAKE_TURN, {"key": CHAIN_LOCK})
    last = head(session)
    line = {
        "id": last.line + 1,
        "at": at,
        "event": event,
        "actor": actor,
        "team": team,
        "subject": subject,
        "detail": json.dumps(detail, sort_keys=True, separators=(",", ":")),
        "prev_hash": last.hash,
    }
    session.execute(_WRITE, {**line, "hash": _hash(line)})


def head(session: Session) -> Head:
    """Return the last line's number and hash."""
    last = session.execute(_LAST).one_or_none()
    return Head(0, START) if last is None else Head(last[0], last[1])


def verify(session: Session, noted: Head | None = None) -> Head:
    """Check every line and return the head. Raises AuditBroken; `noted` is a head from earlier that must be there.

    Of a head that was mailed out, only the hash is known: its line is 0.
    """
    last, is_there = Head(0, START), noted is None or noted.line > 0
    with session.execute(_EVERY) as rows:
        for row in rows:
            _check(row, last)
            last = Head(row.id, row.hash)
            is_there = is_there or (noted is not None and noted.hash == last.hash)
            if noted is not None and noted.line == last.line and noted != last:
                raise AuditBroken(last.line, "is not the line that was noted earlier")
    if noted is not None and noted.line > last.line:
        raise AuditBroken(last.line + 1, "is missing: the log was longer before")
    if not is_there:
        raise AuditBroken(last.line, "is the last one, and no line has the mark that was noted earlier")
    return last


def lines_of(
    session: Session, team_ids: Sequence[str], before: int | None = None, limit: int | None = None
) -> list[Line]:
    """Return the lines of these teams, newest first."""
    columns = [_audit.c[name] for name in ("id", "at", "event", "actor", "team", "subject", "detail", "hash")]
    older = () if before is None else (_audit.c.id < before,)
    found = select(*columns).where(_audit.c.team.in_(team_ids), *older).order_by(_audit.c.id.desc()).limit(limit)
    return [Line(*row) for row in session.execute(found)]


def _check(row: Row[Any], last: Head) -> None:
    if row.id != last.line + 1:
        raise AuditBroken(last.line + 1, "is missing")
    if row.prev_hash != last.hash:
        raise AuditBroken(row.id, "does not follow from the line before")
    if row.hash != _hash(row._asdict()):
        raise AuditBroken(row.id, "was altered")


def _hash(line: Mapping[str, object]) -> str:
    at = line["at"]
    assert isinstance(at, datetime)  # noqa: S101  # tells the type checker what the column is
    hashed = [line["id"], at.astimezone(UTC).isoformat(timespec="microseconds")]
    hashed += [line[name] for name in ("event", "actor", "team", "subject", "detail", "prev_hash")]
    return hashlib.sha256(json.dumps(hashed, separators=(",", ":")).encode()).hexdigest()
