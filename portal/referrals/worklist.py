"""A team's queue, page by page, and who has taken what. Nothing here can open a referral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into, table_of, touched
from portal.referrals.queries import Listed
from portal.referrals.tables import ReferralRow, TakenRow
from portal.teams.tables import MemberRow, MembershipRow

PAGE_LENGTH = 50


@dataclass(frozen=True)
class DeskLine(Listed):
    """One line of a queue, with who has taken it; nobody where they left the team. Not `is_here` once it was erased."""

    taken_by: str | None
    taken_name: str | None
    is_here: bool


@dataclass(frozen=True)
class DeskPage:
    """One page of a queue. `after` is the reference that the next page begins after; None on the last."""

    lines: tuple[DeskLine, ...]
    after: str | None


@dataclass(frozen=True)
class SealedLine(DeskLine):
    """A line of the queue with its envelope."""

    team_key_id: str
    envelope: bytes


_referral, _taken = table_of(ReferralRow).c, table_of(TakenRow).c
_member, _membership = table_of(MemberRow).c, table_of(MembershipRow).c
_line = (
    _referral.reference,
    _referral.team_id,
    _referral.received_at,
    _referral.due_on,
    _referral.state,
    _member.id.label("taken_by"),
    _member.name.label("taken_name"),
    (_referral.key_ids != "").label("is_here"),
)
_with_names = (
    table_of(ReferralRow)
    .outerjoin(table_of(TakenRow), _taken.reference == _referral.reference)
    .outerjoin(
        table_of(MembershipRow),
        and_(_membership.member_id == _taken.member_id, _membership.team_id == _referral.team_id),
    )
    .outerjoin(table_of(MemberRow), and_(_member.id == _membership.member_id, _member.disabled_at.is_(None)))
)
DUE_FIRST = (_referral.due_on.is_(None), _referral.due_on, _referral.received_at, _referral.reference)
NEWEST_FIRST = (_referral.received_at.desc(), _referral.reference)


def page_of_queue(
    session: Session,
    team_ids: Sequence[str],
    states: Sequence[str],
    *,
    after: str | None = None,
    newest_first: bool = False,
    limit: int = PAGE_LENGTH,
) -> DeskPage:
    """Return a page of these teams' referrals in these states: due first, or those that came last first.

    `after` is a reference of the page before; one that is not theirs begins at the start.
    """
    begins = () if after is None else _begins_after(session, after, team_ids, newest_first=newest_first)
    found = session.execute(
        select(*_line)
        .select_from(_with_names)
        .where(_referral.team_id.in_(team_ids), _referral.state.in_(states), *begins)
        .order_by(*(NEWEST_FIRST if newest_first else DUE_FIRST))
        .limit(limit + 1)
    )
    lines = tuple(DeskLine(**row) for row in found.mappings())
    return DeskPage(lines[:limit], lines[limit - 1].reference if len(lines) > limit else None)


def sealed_lines(session: Session, team_ids: Sequence[str], limit: int) -> list[SealedLine]:
    """Return these teams' referrals with their envelopes, as far as they still have one: due first."""
    found = session.execute(
        select(*_line, _referral.team_key_id, _referral.envelope)
        .select_from(_with_names)
        .where(_referral.team_id.in_(team_ids), _referral.key_ids != "")
        .order_by(*DUE_FIRST)
        .limit(limit)
    )
    return [SealedLine(**row) for row in found.mappings()]


def count_states(session: Session, team_ids: Sequence[str]) -> Mapping[str, int]:
    """Return how many referrals of these teams are in each state."""
    counted = select(_referral.state, func.count()).where(_referral.team_id.in_(team_ids)).group_by(_referral.state)
    return {row.state: row[1] for row in session.execute(counted)}


def take(session: Session, reference: str, member_id: str, now: datetime) -> None:
    """Note who has taken a referral, in place of whoever had it before."""
    noted = insert_into(TakenRow, dialect_of(session)).values(reference=reference, member_id=member_id, at=now)
    session.execute(noted.on_conflict_do_update(index_elements=["reference"], set_={"member_id": member_id, "at": now}))


def give_back(session: Session, reference: str, member_id: str) -> bool:
    """Forget that a member has taken a referral; returns whether they had."""
    theirs = delete(TakenRow).where(TakenRow.reference == reference, TakenRow.member_id == member_id)
    return touched(session.execute(theirs)) == 1


def taken_by(session: Session, reference: str) -> tuple[str, str] | None:
    """Return id and name of the member of the team who has taken a referral."""
    found = session.execute(
        select(_member.id, _member.name).select_from(_with_names).where(_referral.reference == reference)
    ).one_or_none()
    return None if found is None or found[0] is None else (found[0], found[1])


def _begins_after(
    session: Session, reference: str, team_ids: Sequence[str], *, newest_first: bool
) -> tuple[ColumnElement[bool], ...]:
    last = session.execute(
        select(_referral.due_on, _referral.received_at).where(
            _referral.reference == reference, _referral.team_id.in_(team_ids)
        )
    ).one_or_none()
    if last is None:
        return ()
    is_next = and_(_referral.received_at == last.received_at, _referral.reference > reference)
    if newest_first:
        return (or_(_referral.received_at < last.received_at, is_next),)
    later = or_(_referral.received_at > last.received_at, is_next)
    if last.due_on is None:
        return (_referral.due_on.is_(None), later)
    same_day = and_(_referral.due_on == last.due_on, later)
    return (or_(_referral.due_on.is_(None), _referral.due_on > last.due_on, same_day),)
