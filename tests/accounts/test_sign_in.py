"""Signing in: passphrase and code together; a refusal never says which was wrong, or whether the address is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import BoundedSemaphore

import pytest

from portal.accounts import sign_in as signing_in
from portal.accounts.sessions import load_session
from portal.accounts.sign_in import SignInRefused
from portal.accounts.tables import StaffSessionRow
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.limits.tries import FREE_TRIES, LONGEST_WAIT, SlowDown, wait_after
from portal.teams.tables import MemberRow
from tests.support.teams import NOW, Person, a_team, sign_in_as

MINUTE = timedelta(minutes=1)


@pytest.fixture
def many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let as many sign in at the same moment as a test likes."""
    monkeypatch.setattr(signing_in, "_places", BoundedSemaphore(100))


@pytest.fixture
def people(engine: Engine) -> list[Person]:
    """Give the two members of a team."""
    return list(a_team(engine).people)


def refuse(engine: Engine, person: Person, times: int = 1, **typed: str) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in_as(engine, person, **typed)


def test_who_knows_all_three_is_signed_in(engine: Engine, people: list[Person]) -> None:
    found = load_session(engine, sign_in_as(engine, people[0]), NOW)
    assert found is not None
    assert (found.member_id, found.team_ids) == (people[0].id, ("team-a",))


@pytest.mark.parametrize(
    "typed",
    [
        {"passphrase": "another six words"},
        {"code": "000000"},
        {"code": ""},
        {"code": "not a code"},
        {"email": "nobody@team-a.example"},
        {"email": "person1@team-a.example"},
        {"email": "' OR 1=1 --"},
    ],
)
def test_who_knows_less_is_refused_in_the_same_words(
    engine: Engine, people: list[Person], typed: dict[str, str]
) -> None:
    with pytest.raises(SignInRefused) as refused:
        sign_in_as(engine, people[0], **typed)
    assert str(refused.value) == "not signed in"
    with reading(engine) as session:
        assert session.query(StaffSessionRow).count() == 0


@pytest.mark.parametrize("typed", ["PERSON0@Team-A.example", "  person0@team-a.example ", "ｐerson0@team-a.example"])
def test_an_address_is_known_however_it_is_typed(engine: Engine, people: list[Person], typed: str) -> None:
    assert sign_in_as(engine, people[0], email=typed)


def test_a_code_works_once(engine: Engine, people: list[Person]) -> None:
    sign_in_as(engine, people[0])
    refuse(engine, people[0])


def test_an_older_code_is_refused_after_a_newer_one(engine: Engine, people: list[Person]) -> None:
    sign_in_as(engine, people[0])
    refuse(engine, people[0], code=people[0].code(NOW - timedelta(seconds=30)))


@pytest.mark.usefixtures("many_at_once")
def test_a_code_used_twice_at_the_same_moment_signs_in_once(
    engine: Engine, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.limits.tries.FREE_TRIES", 50)

    def attempt(_number: int) -> bool:
        try:
            return bool(sign_in_as(engine, people[0]))
        except SignInRefused:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_a_member_taken_off_the_staff_is_refused(engine: Engine, people: list[Person]) -> None:
    with writing(engine) as session:
        session.get_one(MemberRow, people[0].id).disabled_at = NOW
    refuse(engine, people[0])


def test_failures_slow_down_that_address(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES + 1, passphrase="wrong")
    with pytest.raises(SlowDown) as slowed:
        sign_in_as(engine, people[0])
    assert slowed.value.seconds == 3


def test_a_slowed_address_gets_in_after_its_wait(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES + 1, passphrase="wrong")
    assert sign_in_as(engine, people[0], NOW + timedelta(seconds=2))


def test_trying_too_early_does_not_make_the_wait_longer(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES + 1, passphrase="wrong")
    for _ in range(10):
        with pytest.raises(SlowDown):
            sign_in_as(engine, people[0], NOW + timedelta(seconds=1))
    assert sign_in_as(engine, people[0], NOW + timedelta(seconds=2))


def test_failures_slow_down_nobody_else(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES + 1, passphrase="wrong")
    assert sign_in_as(engine, people[1])


def test_an_address_that_nobody_has_is_slowed_alike(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES + 1, email="nobody@team-a.example")
    with pytest.raises(SlowDown):
        sign_in_as(engine, people[0], email="Nobody@team-a.example")


@pytest.mark.usefixtures("many_at_once")
def test_guesses_at_the_same_moment_are_slowed_like_guesses_in_a_row(engine: Engine, people: list[Person]) -> None:
    def attempt(number: int) -> type[Exception]:
        try:
            sign_in_as(engine, people[0], passphrase=f"guess {number}")
        except (SignInRefused, SlowDown) as refused:
            return type(refused)
        raise AssertionError("a guess got in")

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(attempt, range(12)))
    assert outcomes.count(SignInRefused) == FREE_TRIES + 1


def test_success_forgets_the_failures_before_it(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], FREE_TRIES, passphrase="wrong")
    sign_in_as(engine, people[0])
    refuse(engine, people[0], FREE_TRIES, passphrase="wrong")
    assert sign_in_as(engine, people[0], NOW + MINUTE)


def test_nobody_waits_longer_than_a_minute() -> None:
    waits = [wait_after(failures) for failures in range(1, 1000)]
    assert waits == sorted(waits)
    assert waits[FREE_TRIES - 1] == timedelta(0)
    assert waits[-1] == LONGEST_WAIT == MINUTE


def test_the_log_tells_of_success_and_failure_without_what_was_typed(engine: Engine, people: list[Person]) -> None:
    refuse(engine, people[0], passphrase="wrong horse battery")
    refuse(engine, people[0], email="nobody@elsewhere.example")
    sign_in_as(engine, people[0])
    with reading(engine) as session:
        lines = session.query(AuditRow).filter(AuditRow.event.like("staff.%")).order_by(AuditRow.id).all()
    assert [line.event for line in lines] == ["staff.sign_in_failed", "staff.signed_in"]
    assert not any("horse" in line.detail or "example" in line.detail for line in lines)


def test_an_address_that_nobody_has_costs_the_same_work(
    engine: Engine, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    known, unknown = signing_in.open_slot, signing_in.open_no_slot
    monkeypatch.setattr(signing_in, "open_slot", lambda *args, **named: done.append("known") or known(*args, **named))
    monkeypatch.setattr(signing_in, "open_no_slot", lambda *args: done.append("unknown") or unknown(*args))
    refuse(engine, people[0], passphrase="wrong")
    refuse(engine, people[0], email="nobody@elsewhere.example")
    assert done == ["known", "unknown"]


def test_however_many_sign_in_at_once_a_thread_is_left_for_everyone_else(
    engine: Engine, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "_places", BoundedSemaphore(1))
    with signing_in._places, pytest.raises(SlowDown, match="wait 5 seconds"):
        sign_in_as(engine, people[0])
