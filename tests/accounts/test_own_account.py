"""Changing one's own way in: the passphrase is asked again, other sessions end, and every referral still opens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from portal.accounts import totp
from portal.accounts.add_member import add_slot
from portal.accounts.own_account import (
    change_authenticator,
    change_passphrase,
    change_recovery_code,
    end_other_sessions,
    sessions_elsewhere,
)
from portal.accounts.recover_own import recover_own
from portal.accounts.sessions import load_session, start_session
from portal.accounts.set_up import TooShort, WrongCode
from portal.accounts.sign_in import SignInRefused
from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading, writing
from portal.limits.tries import SlowDown
from portal.referrals.open import open_referral
from portal.sealing.keys import new_seed
from portal.sealing.slots import make_slot
from portal.teams.staff import NotAllowed, StaffSession
from tests.support.teams import CHEAP, NOW, PEPPER, WORDS, MadeTeam, Person, a_team, send, sign_in_as, signed_in

LATER = NOW + timedelta(minutes=1)
FRESH = "six quite new and plain words"
MORE = {"pepper": PEPPER, "now": LATER, "cost": CHEAP}


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a ready team."""
    return a_team(engine)


@pytest.fixture
def asha(team: MadeTeam) -> Person:
    """Give somebody of it."""
    return team.people[0]


@pytest.fixture
def elsewhere(engine: Engine, asha: Person) -> bytes:
    """Give the secret of a session that Asha left open on another machine."""
    return sign_in_as(engine, asha, NOW - timedelta(minutes=1))


@pytest.fixture
def staff(engine: Engine, asha: Person, elsewhere: bytes) -> Iterator[StaffSession]:
    """Give Asha at work. Whatever she does, her team's referrals open, and the log holds."""
    reference = send(engine).reference
    first = signed_in(engine, asha)
    yield first
    with writing(engine) as session:
        secret = start_session(session, asha.id, first.seed, LATER)
    again = load_session(engine, secret, LATER)
    assert again is not None
    assert open_referral(engine, again, reference, LATER).content == WORDS
    with reading(engine) as reader:
        verify(reader)


def events(engine: Engine) -> list[str]:
    """Return what the log holds of it."""
    with reading(engine) as session:
        return [row.event for row in session.query(AuditRow).order_by(AuditRow.id)]


def is_over(engine: Engine, secret: bytes) -> bool:
    """Tell whether a session has ended."""
    return load_session(engine, secret, LATER) is None


def test_a_new_passphrase_signs_in_and_the_old_one_does_not(
    engine: Engine, staff: StaffSession, asha: Person, elsewhere: bytes
) -> None:
    change_passphrase(engine, staff, current=asha.passphrase, fresh=FRESH, **MORE)  # type: ignore[arg-type]  # a bag, only here
    moment = LATER + timedelta(minutes=1)
    assert is_over(engine, elsewhere)
    sign_in_as(engine, asha, moment, passphrase=FRESH)
    with pytest.raises(SignInRefused):
        sign_in_as(engine, asha, moment + timedelta(minutes=1))
    assert events(engine).count("member.new_passphrase") == 1


def test_a_wrong_or_short_passphrase_changes_nothing(
    engine: Engine, staff: StaffSession, asha: Person, elsewhere: bytes
) -> None:
    with pytest.raises(SignInRefused):
        change_passphrase(engine, staff, current="a guess", fresh=FRESH, **MORE)  # type: ignore[arg-type]  # a bag
    with pytest.raises(TooShort):
        change_passphrase(engine, staff, current=asha.passphrase, fresh="short", **MORE)  # type: ignore[arg-type]  # a bag
    assert not is_over(engine, elsewhere)
    assert "staff.sign_in_failed" in events(engine)


def test_guesses_at_the_passphrase_are_slowed_like_sign_ins(engine: Engine, staff: StaffSession) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            change_recovery_code(engine, staff, current="a guess", **MORE)  # type: ignore[arg-type]  # a bag
    with pytest.raises(SlowDown):
        change_recovery_code(engine, staff, current="a guess", **MORE)  # type: ignore[arg-type]  # a bag


def test_codes_come_from_the_new_app_alone(engine: Engine, staff: StaffSession, asha: Person, elsewhere: bytes) -> None:
    secret = totp.new_secret()
    known = {"current": asha.passphrase, "secret": secret}
    with pytest.raises(WrongCode):
        change_authenticator(engine, staff, **known, code="000000", **MORE)  # type: ignore[arg-type]  # a bag
    code = totp.code_at(secret, LATER)
    change_authenticator(engine, staff, **known, code=code, **MORE)  # type: ignore[arg-type]  # a bag
    assert is_over(engine, elsewhere)
    with pytest.raises(SignInRefused):  # its first code is spent
        sign_in_as(engine, asha, LATER, code=code)
    moment = LATER + timedelta(minutes=1)
    with pytest.raises(SignInRefused):
        sign_in_as(engine, asha, moment)
    sign_in_as(engine, asha, moment, code=totp.code_at(secret, moment))
    assert events(engine).count("member.new_authenticator") == 1


def test_a_new_recovery_code_works_and_the_old_one_does_not(
    engine: Engine, staff: StaffSession, asha: Person, elsewhere: bytes
) -> None:
    old = make_slot("the old code", PEPPER, staff.seed, owner=asha.id, kind="recovery-code", cost=CHEAP)
    with writing(engine) as session:
        add_slot(session, asha.id, "recovery-code", old, NOW)
    fresh = change_recovery_code(engine, staff, current=asha.passphrase, **MORE)  # type: ignore[arg-type]  # a bag
    assert is_over(engine, elsewhere)
    moment = LATER + timedelta(minutes=1)
    known = {"email": asha.email, "passphrase": FRESH, "pepper": PEPPER, "cost": CHEAP}
    with pytest.raises(SignInRefused):
        recover_own(engine, **known, recovery_code="the old code", code=asha.code(moment), now=moment)  # type: ignore[arg-type]  # a bag
    recover_own(engine, **known, recovery_code=fresh, code=asha.code(moment), now=moment)  # type: ignore[arg-type]  # a bag


def test_signing_out_elsewhere_leaves_this_session(engine: Engine, staff: StaffSession, elsewhere: bytes) -> None:
    assert sessions_elsewhere(engine, staff, LATER) == 1
    assert end_other_sessions(engine, staff, LATER) == 1
    assert is_over(engine, elsewhere)
    assert sessions_elsewhere(engine, staff, LATER) == 0


def test_a_session_whose_key_was_made_anew_changes_nothing(engine: Engine, staff: StaffSession, asha: Person) -> None:
    other = StaffSession(staff.id, staff.member_id, staff.name, staff.email, staff.teams, new_seed())
    with pytest.raises(NotAllowed):
        change_passphrase(engine, other, current=asha.passphrase, fresh=FRESH, **MORE)  # type: ignore[arg-type]  # a bag
