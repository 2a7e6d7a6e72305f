"""Monthly counts, apart from the referrals: numbers alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, insert_into
from portal.referrals.tables import MonthlyCountRow


def count_one(session: Session, month: str, team_id: str, measures: Sequence[str]) -> None:
    """Add one to each of these, always in the same order, so that two at once never wait for each other."""
    rows = [{"month": month, "team_id": team_id, "measure": measure, "number": 1} for measure in sorted(measures)]
    first = insert_into(MonthlyCountRow, dialect_of(session))
    one_more = {"number": MonthlyCountRow.number + 1}
    session.execute(first.on_conflict_do_update(index_elements=["month", "team_id", "measure"], set_=one_more), rows)


def counts_of(session: Session, team_ids: Sequence[str]) -> dict[tuple[str, str], dict[str, int]]:
    """Return the counts of these teams, by month and team."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in session.scalars(select(MonthlyCountRow).where(MonthlyCountRow.team_id.in_(team_ids))):
        found.setdefault((row.month, row.team_id), {})[row.measure] = row.number
    return found
