"""Referrals on offer to another team, and everything sealed that a team's renewal has to look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, union_all, update
from sqlalchemy.orm import Session

from portal.database.base import table_of, touched
from portal.referrals.tables import MessageRow, ReferralRow, TransferRow

_referral, _message, _transfer = table_of(ReferralRow).c, table_of(MessageRow).c, table_of(TransferRow).c


@dataclass(frozen=True)
class Offer:
    """A referral on offer, without a word of what it says."""

    reference: str
    from_team: str
    to_team: str
    reason: str
    offered_at: datetime
    due_on: object
    received_at: datetime


@dataclass(frozen=True)
class Resting:
    """An envelope where it rests: a referral's (`message_id` is None) or a message's."""

    reference: str
    message_id: str | None
    key_ids: str
    team_id: str
    to_team: str | None


_offer = select(
    _referral.reference,
    _referral.team_id,
    _transfer.to_team,
    _transfer.reason,
    _transfer.offered_at,
    _referral.due_on,
    _referral.received_at,
).join_from(
    table_of(ReferralRow),
    table_of(TransferRow),
    and_(_transfer.reference == _referral.reference, _referral.key_ids != ""),
)


def offers_of(session: Session, team_ids: Sequence[str]) -> list[Offer]:
    """Return what these teams have offered or been offered, oldest first."""
    of_teams = or_(_referral.team_id.in_(team_ids), _transfer.to_team.in_(team_ids))
    found = session.execute(_offer.where(of_teams).order_by(_transfer.offered_at, _referral.reference))
    return [Offer(*row) for row in found]


def get_offer(session: Session, reference: str) -> Offer | None:
    """Return the offer of a referral, if it is on offer."""
    row = session.execute(_offer.where(_referral.reference == reference)).one_or_none()
    return None if row is None else Offer(*row)


def add_offer(session: Session, reference: str, to_team: str, reason: str, now: datetime) -> None:
    """Note an offer."""
    row = {"reference": reference, "to_team": to_team, "reason": reason, "offered_at": now}
    session.execute(insert(table_of(TransferRow)).values(**row))


def end_offer(session: Session, reference: str) -> bool:
    """Forget an offer; returns whether there was one."""
    return touched(session.execute(delete(table_of(TransferRow)).where(_transfer.reference == reference))) == 1


def resting(session: Session, team_id: str) -> list[Resting]:
    """Return every envelope that a team holds or is offered."""
    is_theirs = or_(_referral.team_id == team_id, _transfer.to_team == team_id)
    return _places(session, is_theirs)


def envelope_at(session: Session, place: Resting) -> bytes | None:
    """Return the envelope that rests there, locked until the commit; None where it went meanwhile."""
    if place.message_id is None:
        found = select(_referral.envelope).where(_referral.reference == place.reference, _referral.key_ids != "")
    else:
        found = select(_message.envelope).where(_message.id == place.message_id)
    return session.scalar(found.with_for_update())


def put_envelope(session: Session, place: Resting, envelope: bytes, *, key_ids: str, team_key_id: str) -> None:
    """Keep the same letter under other keys."""
    values = {"envelope": envelope, "key_ids": key_ids, "team_key_id": team_key_id}
    if place.message_id is None:
        # Its version counts what people change; other keys for the same letter are none of that.
        session.execute(update(table_of(ReferralRow)).where(_referral.reference == place.reference).values(**values))
    else:
        session.execute(update(table_of(MessageRow)).where(_message.id == place.message_id).values(**values))


def places_of(session: Session, reference: str) -> list[Resting]:
    """Return where a referral and its messages rest."""
    return _places(session, _referral.reference == reference)


def _places(session: Session, which: ColumnElement[bool]) -> list[Resting]:
    offers, whose = table_of(TransferRow), (_referral.team_id, _transfer.to_team)
    letters = (
        select(_referral.reference, literal(None).label("message_id"), _referral.key_ids, *whose)
        .outerjoin(offers, _transfer.reference == _referral.reference)
        .where(which, _referral.key_ids != "")
    )
    messages = (
        select(_message.reference, _message.id, _message.key_ids, *whose)
        .join(table_of(ReferralRow), _referral.reference == _message.reference)
        .outerjoin(offers, _transfer.reference == _referral.reference)
        .where(which)
    )
    return [Resting(*row) for row in session.execute(union_all(letters, messages))]


def count_by_state(session: Session, team_ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return how many referrals each team has in each state."""
    counted = (
        select(_referral.team_id, _referral.state, func.count())
        .where(_referral.team_id.in_(team_ids))
        .group_by(_referral.team_id, _referral.state)
    )
    return {(team_id, state): count for team_id, state, count in session.execute(counted)}
