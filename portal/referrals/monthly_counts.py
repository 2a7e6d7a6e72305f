"""Count what is sent and what is answered, each in the transaction that does it, and show what may be shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.database.engine import Engine, Session, reading
from portal.domain.counting import SETTLED_AFTER, Counted, Shown, end_of, month_of, months_between, show
from portal.domain.referral import DONE, State
from portal.domain.working_days import NO_PROMISE_AFTER, day_of
from portal.referrals.counts import count_one, counts_of
from portal.referrals.news import news_of
from portal.referrals.queries import Sealed
from portal.sealing.envelope import read_header
from portal.teams.queries import teams_of_area


@dataclass(frozen=True)
class Month:
    """One month of an area, as it may be shown."""

    month: str
    shown: Shown
    is_settled: bool


def count_sent(session: Session, team_id: str, counted: Counted, now: datetime) -> None:
    """Count a referral that is being sent."""
    count_one(session, month_of(day_of(now)), team_id, counted.measures)


def count_answered(session: Session, sealed: Sealed, after: State, now: datetime) -> None:
    """Count a referral that is collected or closed in time, for the first time; in the month in which it came.

    It counts for the team that it was sent to, whoever has it now. Where no day was promised, two weeks are.
    """
    if after not in DONE or not sealed.envelope:
        return
    if any(line.key in DONE for line in news_of(session, sealed.reference)):
        return
    received, today = day_of(sealed.received_at), day_of(now)
    month = month_of(received)
    if today <= (sealed.due_on or received + NO_PROMISE_AFTER) and not is_final(month, today):
        count_one(session, month, read_header(sealed.envelope).first_team, ("in_time",))


def months_of(engine: Engine, area_id: str, now: datetime) -> list[Month]:
    """Return every month of an area that is over, newest first.

    A month is shown by the teams that were there at its end, so that it looks the same whenever it is asked for.
    """
    today = day_of(now)
    with reading(engine) as session:
        teams = {row.id: day_of(row.created_at) for row in teams_of_area(session, area_id)}
        counts = counts_of(session, list(teams))
    if not teams:
        return []
    found = []
    for month in reversed(months_between(min(teams.values()), today)):
        there = {team: counts.get((month, team), {}) for team, since in teams.items() if since < end_of(month)}
        is_settled = is_final(month, today)
        found.append(Month(month, show(there, is_settled=is_settled), is_settled))
    return found


def is_final(month: str, today: date) -> bool:
    """Tell whether nothing about a month changes any more."""
    return today >= end_of(month) + timedelta(days=SETTLED_AFTER)
