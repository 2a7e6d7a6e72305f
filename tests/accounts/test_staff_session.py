"""A session lasts 15 idle minutes and 8 hours at most, and only its cookie opens it."""

from datetime import timedelta

import pytest

from portal.accounts.queries import get_session
from portal.accounts.sessions import AT_MOST, IDLE, load_session, sign_out
from portal.accounts.tables import StaffSessionRow
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.sealing.drafts import new_secret, row_id
from portal.teams.tables import MemberRow
from tests.support.teams import NOW, MadeTeam, a_team, sign_in_as, signed_in

SECOND = timedelta(seconds=1)


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two."""
    return a_team(engine)


@pytest.fixture
def secret(engine: Engine, team: MadeTeam) -> bytes:
    """Give the cookie of a member who has signed in."""
    return sign_in_as(engine, team.people[0])


def test_a_session_in_use_lasts(engine: Engine, secret: bytes) -> None:
    moment = NOW
    for _ in range(20):
        moment += timedelta(minutes=14)
        assert load_session(engine, secret, moment) is not None


@pytest.mark.parametrize(("after", "lasts"), [(IDLE - SECOND, True), (IDLE, False), (timedelta(hours=3), False)])
def test_an_idle_session_ends_after_15_minutes(engine: Engine, secret: bytes, after: timedelta, lasts: bool) -> None:
    assert (load_session(engine, secret, NOW + after) is not None) is lasts


def test_a_session_in_use_ends_after_8_hours(engine: Engine, secret: bytes) -> None:
    moment = NOW
    while moment < NOW + AT_MOST - timedelta(minutes=10):
        moment += timedelta(minutes=10)
        assert load_session(engine, secret, moment) is not None or moment >= NOW + AT_MOST
    assert load_session(engine, secret, NOW + AT_MOST - SECOND) is not None
    assert load_session(engine, secret, NOW + AT_MOST) is None


def test_a_row_is_written_at_most_once_a_minute(engine: Engine, secret: bytes) -> None:
    for seconds in (10, 30, 59):
        load_session(engine, secret, NOW + timedelta(seconds=seconds))
    with reading(engine) as session:
        row = get_session(session, row_id(secret))
        assert row is not None
        assert row.last_seen_at == NOW


def test_another_secret_opens_nothing(engine: Engine, secret: bytes) -> None:
    assert load_session(engine, new_secret(), NOW) is None


def test_a_row_that_was_swapped_opens_nothing(engine: Engine, team: MadeTeam, secret: bytes) -> None:
    other = sign_in_as(engine, team.people[1])
    with writing(engine) as session:
        session.get_one(StaffSessionRow, row_id(secret)).locked = session.get_one(StaffSessionRow, row_id(other)).locked
    assert load_session(engine, secret, NOW) is None


def test_a_member_taken_off_the_staff_is_out_at_once(engine: Engine, team: MadeTeam, secret: bytes) -> None:
    with writing(engine) as session:
        session.get_one(MemberRow, team.people[0].id).disabled_at = NOW
    assert load_session(engine, secret, NOW) is None


def test_signing_out_ends_the_session_and_is_logged_once(engine: Engine, team: MadeTeam) -> None:
    staff = signed_in(engine, team.people[0])
    sign_out(engine, staff, NOW)
    sign_out(engine, staff, NOW)
    with reading(engine) as session:
        assert session.query(StaffSessionRow).count() == 0
        assert session.query(AuditRow).filter(AuditRow.event == "staff.signed_out").count() == 1


def test_sessions_that_have_timed_out_are_deleted_at_the_next_sign_in(
    engine: Engine, team: MadeTeam, secret: bytes
) -> None:
    sign_in_as(engine, team.people[1], NOW + IDLE + SECOND)
    with reading(engine) as session:
        assert get_session(session, row_id(secret)) is None


def test_a_printed_session_does_not_show_its_seed(engine: Engine, team: MadeTeam) -> None:
    staff = signed_in(engine, team.people[0])
    assert staff.seed.hex() not in repr(staff)
    assert repr(staff.seed) not in repr(staff)
