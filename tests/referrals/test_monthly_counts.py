"""Counting what is sent and collected: in the same transaction, once, and the same whenever it is asked for."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.database.engine import Engine, reading, writing
from portal.referrals import submit as submitting
from portal.referrals.monthly_counts import months_of
from portal.referrals.tables import MonthlyCountRow
from portal.referrals.work import close, mark_collected, take_referral
from portal.teams.create_team import create_team
from portal.teams.staff import StaffSession
from tests.support.teams import AREA, NOW, MadeTeam, a_team, send, signed_in

NEXT_YEAR = NOW + timedelta(days=120)


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a ready team."""
    return a_team(engine)


@pytest.fixture
def member(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give somebody of the team at work."""
    return signed_in(engine, team.people[0])


def counts(engine: Engine) -> dict[str, int]:
    """Return what is counted."""
    with reading(engine) as session:
        return {row.measure: row.number for row in session.scalars(select(MonthlyCountRow))}


def collect(engine: Engine, staff: StaffSession, reference: str, now: datetime) -> None:
    """Collect a referral."""
    mark_collected(engine, staff, reference, now)


def test_sending_counts_and_what_is_not_sent_does_not(
    engine: Engine, team: MadeTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(engine)
    send(engine)
    assert counts(engine) == {"received": 2, "adult": 2, "self": 2}

    def breaks(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(submitting, "record", breaks)
    with pytest.raises(RuntimeError):
        send(engine)
    assert counts(engine)["received"] == 2


def test_a_referral_is_in_time_once_and_by_the_day_that_was_promised(engine: Engine, member: StaffSession) -> None:
    due = date(2026, 11, 27)
    early, late = send(engine, due_on=due).reference, send(engine, due_on=due).reference
    last_minute = datetime.fromisoformat("2026-11-27T23:30:00+00:00")
    collect(engine, member, early, last_minute)
    take_referral(engine, member, early, last_minute)
    collect(engine, member, early, last_minute)
    close(engine, member, early, last_minute)
    collect(engine, member, late, last_minute + timedelta(hours=1))
    assert counts(engine)["in_time"] == 1


def test_where_no_day_was_promised_two_weeks_are(engine: Engine, member: StaffSession) -> None:
    first, second = send(engine).reference, send(engine).reference
    collect(engine, member, first, NOW + timedelta(days=14))
    collect(engine, member, second, NOW + timedelta(days=15))
    assert counts(engine)["in_time"] == 1


def test_a_month_looks_the_same_whenever_it_is_asked_for(engine: Engine, member: StaffSession) -> None:
    references = [send(engine, due_on=date(2027, 12, 1)).reference for _ in range(12)]
    for reference in references[:6]:
        collect(engine, member, reference, NOW)
    assert months_of(engine, AREA, NOW) == []
    [november] = months_of(engine, AREA, NOW + timedelta(days=30))
    assert november.month == "2026-11"
    assert (november.shown.area["received"], november.shown.area["in_time"]) == (12, None)
    settled = months_of(engine, AREA, NEXT_YEAR)[-1]
    assert (settled.shown.area["in_time"], settled.shown.area["not_in_time"]) == (6, 6)
    for reference in references[6:]:
        collect(engine, member, reference, NEXT_YEAR)
    with writing(engine) as session:
        create_team(session, "team-new", AREA, "A team that came later", NEXT_YEAR)
    assert months_of(engine, AREA, NEXT_YEAR + timedelta(days=400))[-1] == settled


def test_an_area_with_no_team_has_no_months(engine: Engine) -> None:
    assert months_of(engine, "elsewhere", NEXT_YEAR) == []
