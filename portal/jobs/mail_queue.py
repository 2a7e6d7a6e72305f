"""Mail that waits, was sent or was given up: to whom and of which kind, never of what."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from portal.database.base import table_of, touched
from portal.mail.tables import MailRow
from portal.referrals.tables import NewsWishRow
from portal.teams.tables import AreaRoleRow, MemberRow, MembershipRow

_mail, _member, _wish = table_of(MailRow), table_of(MemberRow), table_of(NewsWishRow)
_waits = (_mail.c.sent_at.is_(None), _mail.c.given_up_at.is_(None))


@dataclass(frozen=True)
class Claimed:
    """A message that this worker alone may send now: to a member's address, or to a person's locked one.

    Neither: nobody is to be told any more.
    """

    id: str
    event: str
    tries: int
    address: str | None
    reference: str | None = None
    locked: bytes | None = None


@dataclass(frozen=True)
class MailState:
    """How mail stands: what waits, since when the oldest is due, and what was given up."""

    waiting: int
    due_since: datetime | None
    given_up: int


@dataclass(frozen=True)
class GivenUp:
    """A message that could not be sent."""

    id: str
    event: str
    name: str
    email: str
    at: datetime
    fault: str


def address_mail(
    session: Session,
    event: str,
    member_id: str,
    *,
    team: str | None,
    area: str | None,
    now: datetime,
    quiet: timedelta,
) -> bool:
    """Write a message, unless the same waits already; soon after the last one it waits until `quiet` is over."""
    same = (_mail.c.member_id == member_id, _mail.c.event == event)
    if session.scalar(select(_mail.c.id).where(*same, *_waits, _mail.c.claimed_until.is_(None)).limit(1)):
        return False
    last = session.scalar(select(func.max(_mail.c.sent_at)).where(*same))
    row = {
        "id": secrets.token_hex(16),
        "event": event,
        "member_id": member_id,
        "team": team,
        "area": area,
        "created_at": now,
        "next_try_at": now if last is None else max(now, last + quiet),
        "tries": 0,
        "fault": "",
    }
    session.execute(insert(_mail).values(row))
    return True


def has_due_mail(session: Session, now: datetime) -> bool:
    """Tell whether a message is due that nobody is sending."""
    return session.scalar(select(_mail.c.id).where(*_is_due(now)).limit(1)) is not None


def claim_mail(session: Session, now: datetime, until: datetime) -> Claimed | None:
    """Take one message that is due; nobody else takes it before `until`."""
    due = select(_mail.c.id).where(*_is_due(now)).order_by(_mail.c.next_try_at, _mail.c.id).limit(1)
    mail_id = session.scalar(due.with_for_update(skip_locked=True))
    if mail_id is None:
        return None
    session.execute(update(_mail).where(_mail.c.id == mail_id).values(claimed_until=until))
    row = session.execute(
        select(_mail.c.id, _mail.c.event, _mail.c.tries, _member.c.email, _mail.c.reference, _wish.c.locked)
        .outerjoin(_member, (_member.c.id == _mail.c.member_id) & _member.c.disabled_at.is_(None))
        .outerjoin(_wish, _wish.c.reference == _mail.c.reference)
        .where(_mail.c.id == mail_id)
    ).one()
    return Claimed(*row)


def settle_mail(session: Session, claimed: Claimed, **values: object) -> None:
    """Note what became of a message that was claimed, and let it go."""
    session.execute(update(_mail).where(_mail.c.id == claimed.id).values(claimed_until=None, **values))


def drop_mail(session: Session, mail_id: str) -> None:
    """Delete a message that nobody is to get any more."""
    session.execute(delete(_mail).where(_mail.c.id == mail_id))


def forget_sent(session: Session, before: datetime) -> None:
    """Delete what was sent by then."""
    session.execute(delete(_mail).where(_mail.c.sent_at < before))


def mail_state(session: Session) -> MailState:
    """Return how mail stands."""
    waiting, since = session.execute(select(func.count(), func.min(_mail.c.next_try_at)).where(*_waits)).one()
    given_up = session.scalar(select(func.count()).select_from(_mail).where(_mail.c.given_up_at.is_not(None))) or 0
    return MailState(waiting, since, given_up)


def given_up_mail(session: Session, team_ids: Sequence[str], area_ids: Sequence[str]) -> list[GivenUp]:
    """Return what could not be sent about these teams or areas, newest first."""
    found = session.execute(
        select(_mail.c.id, _mail.c.event, _member.c.name, _member.c.email, _mail.c.given_up_at, _mail.c.fault)
        .join(_member, _member.c.id == _mail.c.member_id)
        .where(_mail.c.given_up_at.is_not(None), _mail.c.team.in_(team_ids) | _mail.c.area.in_(area_ids))
        .order_by(_mail.c.given_up_at.desc(), _mail.c.id)
    )
    return [GivenUp(*row) for row in found]


def try_again(session: Session, ids: Sequence[str], now: datetime) -> int:
    """Let messages that were given up be tried again; returns how many."""
    given_up = (_mail.c.id.in_(ids), _mail.c.given_up_at.is_not(None))
    again = {"given_up_at": None, "claimed_until": None, "next_try_at": now, "tries": 0, "fault": ""}
    return touched(session.execute(update(_mail).where(*given_up).values(again)))


def members_to_tell(session: Session, team_id: str, *, leads_only: bool = False) -> Sequence[str]:
    """Return the ids of a team's members, or of its leads."""
    of_team = [MembershipRow.team_id == team_id, MemberRow.disabled_at.is_(None)]
    if leads_only:
        of_team.append(MembershipRow.role == "lead")
    found = select(MemberRow.id).join(MembershipRow, MembershipRow.member_id == MemberRow.id).where(*of_team)
    return session.scalars(found.order_by(MemberRow.id)).all()


def coordinators_to_tell(session: Session, area_id: str) -> Sequence[str]:
    """Return the ids of an area's coordinators."""
    of_area = (AreaRoleRow.area == area_id, AreaRoleRow.role == "coordinator", MemberRow.disabled_at.is_(None))
    found = select(MemberRow.id).join(AreaRoleRow, AreaRoleRow.member_id == MemberRow.id).where(*of_area)
    return session.scalars(found.order_by(MemberRow.id)).all()


def keepers_of_marks(session: Session) -> list[tuple[str, str | None, str | None]]:
    """Return the leads of teams and the auditors of areas, each once, with a team or an area of theirs."""
    lead = (MembershipRow.role == "lead", MemberRow.disabled_at.is_(None))
    of_teams = select(MemberRow.id, MembershipRow.team_id).join(MemberRow, MemberRow.id == MembershipRow.member_id)
    auditor = (AreaRoleRow.role == "auditor", MemberRow.disabled_at.is_(None))
    of_areas = select(MemberRow.id, AreaRoleRow.area).join(MemberRow, MemberRow.id == AreaRoleRow.member_id)
    leads = {member: (member, team, None) for member, team in session.execute(of_teams.where(*lead))}
    auditors = {member: (member, None, area) for member, area in session.execute(of_areas.where(*auditor))}
    return [found for _member, found in sorted((auditors | leads).items())]


def last_addressed(session: Session, event: str) -> datetime | None:
    """Return when a message of a kind was last written to anybody."""
    last: datetime | None = session.scalar(select(func.max(_mail.c.created_at)).where(_mail.c.event == event))
    return last


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    free = _mail.c.claimed_until.is_(None) | (_mail.c.claimed_until <= now)
    return (*_waits, _mail.c.next_try_at <= now, free)
