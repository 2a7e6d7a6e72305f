"""What may be erased, and what has waited for too long."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.store.base import table_of
from portal.store.tables import ReferralRow, TeamRow

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


def uncollected(session: Session, today: date, states: Sequence[str]) -> list[tuple[str, str, str, date]]:
    """Return reference, team, area and day of what is overdue and was not escalated within the last days."""
    is_due = or_(_referral.next_action_on.is_(None), _referral.next_action_on <= today)
    found = session.execute(
        select(_referral.reference, _referral.team_id, _team.area, _referral.due_on)
        .join(table_of(TeamRow), _team.id == _referral.team_id)
        .where(_referral.due_on < today, _referral.state.in_(states), is_due)
        .order_by(_referral.reference)
    )
    return [(row.reference, row.team_id, row.area, row.due_on) for row in found]
