"""Adding a passkey and signing in with it in place of a code."""

from datetime import datetime, timedelta

import pytest

from portal.accounts.own_passkeys import add_own_passkey, own_passkeys, purpose_of, remove_own_passkey
from portal.accounts.passkeys import (
    Answer,
    PasskeyRefused,
    RelyingParty,
    new_challenge,
    registration_options,
    sign_in_options,
)
from portal.accounts.sessions import load_session
from portal.accounts.sign_in import SignInRefused, sign_in
from portal.accounts.use_passkey import SIGN_IN
from portal.database.engine import Engine
from portal.teams.staff import StaffSession
from tests.support.authenticator import Authenticator
from tests.support.teams import CHEAP, NOW, PEPPER, MadeTeam, Person, a_team, signed_in

HERE = RelyingParty("localhost", "http://localhost:8000")
KEY = bytes(range(32))


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a ready team."""
    return a_team(engine)


@pytest.fixture
def staff(engine: Engine, team: MadeTeam) -> StaffSession:
    """Give somebody at work."""
    return signed_in(engine, team.people[0])


@pytest.fixture
def device(engine: Engine, team: MadeTeam, staff: StaffSession) -> Authenticator:
    """Give an authenticator that is known to be theirs."""
    device = Authenticator(HERE.origin)
    add(engine, staff, made(device, staff), team.people[0])
    return device


def made(device: Authenticator, staff: StaffSession) -> Answer:
    """Let a device make a passkey for a session."""
    challenge = new_challenge(KEY, purpose_of(staff), NOW)
    return Answer(device.make(registration_options(HERE, challenge, staff.member_id, staff.email, [])), HERE, KEY)


def add(engine: Engine, staff: StaffSession, answer: Answer, person: Person) -> None:
    """Keep a passkey."""
    known = {"name": "work laptop", "current": person.passphrase, "pepper": PEPPER}
    add_own_passkey(engine, staff, answer, **known, now=NOW, cost=CHEAP)  # type: ignore[arg-type]  # a bag, only here


def signed(device: Authenticator, now: datetime = NOW) -> Answer:
    """Let a device sign in."""
    return Answer(device.sign(sign_in_options(HERE, new_challenge(KEY, SIGN_IN, now))), HERE, KEY)


def enter(engine: Engine, person: Person, answer: Answer, **typed: str) -> bytes:
    """Sign in with a passkey and no code."""
    known = {"email": person.email, "passphrase": person.passphrase, "code": ""} | typed
    return sign_in(engine, **known, passkey=answer, pepper=PEPPER, now=NOW, cost=CHEAP)  # type: ignore[arg-type]  # a bag


def test_it_signs_in_with_the_passphrase_and_no_code(engine: Engine, team: MadeTeam, device: Authenticator) -> None:
    assert load_session(engine, enter(engine, team.people[0], signed(device)), NOW) is not None
    with pytest.raises(SignInRefused):
        enter(engine, team.people[0], signed(device), passphrase="a guess")


def test_the_same_answer_works_once(engine: Engine, team: MadeTeam, device: Authenticator) -> None:
    answer = signed(device)
    enter(engine, team.people[0], answer)
    with pytest.raises(SignInRefused):
        enter(engine, team.people[0], answer)


def test_an_authenticator_that_does_not_count_is_held_by_the_challenge(
    engine: Engine, team: MadeTeam, device: Authenticator
) -> None:
    device.count = -1  # it will say 0 each time, as synchronised passkeys do
    answer = signed(device)
    enter(engine, team.people[0], answer)
    with pytest.raises(SignInRefused):
        enter(engine, team.people[0], answer)
    device.count = -1
    enter(engine, team.people[0], signed(device))


def test_a_copy_that_counts_behind_is_refused(engine: Engine, team: MadeTeam, device: Authenticator) -> None:
    enter(engine, team.people[0], signed(device))
    device.count = 0
    with pytest.raises(SignInRefused):
        enter(engine, team.people[0], signed(device))


def test_a_colleague_s_passkey_is_refused(engine: Engine, team: MadeTeam, device: Authenticator) -> None:
    with pytest.raises(SignInRefused):
        enter(engine, team.people[1], signed(device))


def test_one_that_was_taken_away_is_refused(
    engine: Engine, team: MadeTeam, staff: StaffSession, device: Authenticator
) -> None:
    [known] = own_passkeys(engine, staff)
    assert known.name == "work laptop"
    remove_own_passkey(engine, signed_in(engine, team.people[1]), known.id, NOW)
    assert own_passkeys(engine, staff) == [known]
    remove_own_passkey(engine, staff, known.id, NOW)
    remove_own_passkey(engine, staff, known.id, NOW)
    with pytest.raises(SignInRefused):
        enter(engine, team.people[0], signed(device))


def test_adding_needs_this_session_the_passphrase_and_a_new_challenge(
    engine: Engine, team: MadeTeam, staff: StaffSession
) -> None:
    asha, device = team.people[0], Authenticator(HERE.origin)
    colleague = signed_in(engine, team.people[1], NOW + timedelta(seconds=30))
    with pytest.raises(PasskeyRefused):
        add(engine, staff, made(device, colleague), asha)
    answer = made(device, staff)
    with pytest.raises(SignInRefused):
        add(engine, staff, answer, team.people[1])
    add(engine, staff, answer, asha)
    with pytest.raises(PasskeyRefused):
        add(engine, staff, answer, asha)
    assert len(own_passkeys(engine, staff)) == 1
