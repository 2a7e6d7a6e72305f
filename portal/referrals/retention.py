"""What may be erased, and what has waited for too long."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.database.base import table_of
from portal.referrals.tables import ReferralRow
from portal.teams.tables import TeamRow

_referral, _team = table_of(ReferralRow).c, table_of(TeamRow).c


def confirmed_before(
    session: Session, moment: datetime, states: Sequence[str], reference: str | None = None
) -> list[tuple[str, str]]:
    """Return reference and team of every sealed copy in these states that was confirmed by then."""
    is_it = () if reference is None else (_referral.reference == reference,)
    found = session.execute(
        select(_referral.reference, _referral.team_id)
        .where(_referral.confirmed_at <= moment, _referral.state.in_(states), _referral.key_ids != "", *is_it)
        .order_by(_referral.reference)
        .with_for_update()
    )
    return [(row.reference, row.team_id) for row in found]


def is_confirmed(session: Session, reference: str) -> bool:
    """Tell whether a team has checked its own copy of a referral."""
    found = select(_referral.confirmed_at).where(_referral.reference == reference)
    return session.scalar(found) is not None


def uncollected(
    session: Session, today: date, states: Sequence[str], *, received_before: datetime
) -> list[tuple[str, str, str, date | None]]:
    """Return reference, team, area and day of what is overdue and was not escalated within the last days.

    What has no day, since its area promises none, is overdue where it came before a moment.
    """
    is_due = or_(_referral.next_action_on.is_(None), _referral.next_action_on <= today)
    found = session.execute(
        select(_referral.reference, _referral.team_id, _team.area, _referral.due_on)
        .join(table_of(TeamRow), _team.id == _referral.team_id)
        .where(is_overdue(today, received_before), _referral.state.in_(states), is_due)
        .order_by(_referral.reference)
    )
    return [(row.reference, row.team_id, row.area, row.due_on) for row in found]


def teams_with_work_due(session: Session, first: date, last: date, states: Sequence[str]) -> Sequence[str]:
    """Return the teams with something in these states whose day is one of these."""
    is_due = (_referral.due_on >= first, _referral.due_on <= last, _referral.state.in_(states))
    return session.scalars(select(_referral.team_id).where(*is_due).distinct().order_by(_referral.team_id)).all()


def teams_with_overdue(
    session: Session, today: date, states: Sequence[str], *, received_before: datetime
) -> Sequence[str]:
    """Return the teams with something whose day is over or, where it has none, that came before a moment."""
    is_late = is_overdue(today, received_before)
    found = select(_referral.team_id).where(is_late, _referral.state.in_(states))
    return session.scalars(found.distinct().order_by(_referral.team_id)).all()


def is_overdue(today: date, received_before: datetime) -> ColumnElement[bool]:
    """Return what tells that a referral is late: its day is over or, without one, it came before a moment."""
    no_day = and_(_referral.due_on.is_(None), _referral.received_at < received_before)
    return or_(_referral.due_on < today, no_day)
