"""What a member changes about their own way in: passphrase, authenticator, recovery code; other sessions end.

Each asks for the passphrase again, so that a session left open on a desk changes nothing. The key stays the same, so
nothing needs to be approved.
"""

from datetime import datetime

from portal.accounts import totp
from portal.accounts.add_member import add_slot
from portal.accounts.queries import count_sessions, delete_slots, end_sessions_of, passphrase_slot
from portal.accounts.sessions import AT_MOST, IDLE
from portal.accounts.set_up import FEWEST_LETTERS, TooShort, WrongCode
from portal.accounts.sign_in import SignInRefused, note_failure, one_argon2id, tries_name
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.limits.tries import count_try, forget_tries
from portal.sealing.keys import KeyPair
from portal.sealing.slots import (
    PROMISED,
    Cost,
    Slot,
    SlotKind,
    WrongPassphrase,
    generate,
    generate_recovery_code,
    make_slot,
)
from portal.teams.members import get_member
from portal.teams.staff import NotAllowed, StaffSession
from portal.teams.tables import MemberRow


def change_passphrase(
    engine: Engine,
    staff: StaffSession,
    *,
    current: str,
    fresh: str,
    pepper: bytes,
    now: datetime,
    cost: Cost = PROMISED,
) -> None:
    """Lock the member's key under a new passphrase. Raises TooShort, SlowDown or SignInRefused."""
    if len(fresh.strip()) < FEWEST_LETTERS:
        raise TooShort(f"at least {FEWEST_LETTERS} letters")
    prove_passphrase(engine, staff, current, pepper=pepper, now=now, cost=cost)
    slot = make_slot(fresh, pepper, staff.seed, owner=staff.member_id, cost=cost)
    with writing(engine) as session:
        _replace(session, staff, "passphrase", slot, now)
        actor = by_member(staff.member_id)
        record(session, "member.new_passphrase", at=now, actor=actor, subject=staff.member_id, how="own account")


def change_recovery_code(
    engine: Engine, staff: StaffSession, *, current: str, pepper: bytes, now: datetime, cost: Cost = PROMISED
) -> str:
    """Return a new recovery code, to print; the old one opens nothing any more. Raises SlowDown or SignInRefused."""
    prove_passphrase(engine, staff, current, pepper=pepper, now=now, cost=cost)
    fresh = generate_recovery_code()
    slot = make_slot(fresh, pepper, staff.seed, owner=staff.member_id, kind="recovery-code", cost=cost)
    with writing(engine) as session:
        _replace(session, staff, "recovery-code", slot, now)
        record(
            session,
            "member.new_recovery_code",
            at=now,
            actor=by_member(staff.member_id),
            subject=staff.member_id,
        )
    return fresh


def change_authenticator(
    engine: Engine,
    staff: StaffSession,
    *,
    current: str,
    secret: str,
    code: str,
    pepper: bytes,
    now: datetime,
    cost: Cost = PROMISED,
) -> None:
    """Take codes from a new app, whose first one this is. Raises WrongCode, SlowDown or SignInRefused."""
    step = totp.matches(secret, code, now, None)
    if step is None:
        raise WrongCode("not what the new app shows")
    prove_passphrase(engine, staff, current, pepper=pepper, now=now, cost=cost)
    with writing(engine) as session:
        member = _same_key(session, staff)
        member.totp_secret = totp.protect(secret, pepper, member.id)
        member.last_totp_step = step
        end_sessions_of(session, member.id, but=staff.id)
        session.flush()
        record(session, "member.new_authenticator", at=now, actor=by_member(member.id), subject=member.id)


def end_other_sessions(engine: Engine, staff: StaffSession, now: datetime) -> int:
    """Sign the member out everywhere else; returns how many sessions ended."""
    with writing(engine) as session:
        ended = end_sessions_of(session, staff.member_id, but=staff.id)
        if ended:
            record(session, "staff.signed_out", at=now, actor=by_member(staff.member_id), why="elsewhere")
    return ended


def sessions_elsewhere(engine: Engine, staff: StaffSession, now: datetime) -> int:
    """Return in how many other places the member is signed in."""
    with reading(engine) as session:
        everywhere = count_sessions(session, staff.member_id, seen_after=now - IDLE, made_after=now - AT_MOST)
    return max(0, everywhere - 1)


def prove_passphrase(
    engine: Engine, staff: StaffSession, typed: str, *, pepper: bytes, now: datetime, cost: Cost = PROMISED
) -> None:
    """Check the member's passphrase again, slowed down like sign-ins. Raises SlowDown or SignInRefused."""
    tries_id = tries_name(staff.email, pepper)
    with writing(engine) as session:
        count_try(session, tries_id, now)
    with reading(engine) as session:
        member, row = get_member(session, staff.member_id), passphrase_slot(session, staff.member_id)
        slot = None if row is None else Slot(row.salt, row.verifier, row.wrapped_seed)
    try:
        one_argon2id(member, slot, typed, pepper, cost)
    except WrongPassphrase:
        note_failure(engine, member, "passphrase", now)
        raise SignInRefused("the passphrase is not right") from None
    with writing(engine) as session:
        forget_tries(session, tries_id, now)


def _replace(session: Session, staff: StaffSession, kind: SlotKind, slot: Slot, now: datetime) -> None:
    _same_key(session, staff)
    end_sessions_of(session, staff.member_id, but=staff.id)
    delete_slots(session, staff.member_id, kind)
    add_slot(session, staff.member_id, kind, slot, now)


def _same_key(session: Session, staff: StaffSession) -> MemberRow:
    """Return the member, if the session's key is still theirs. Raises NotAllowed where they began again meanwhile."""
    member = get_member(session, staff.member_id)
    if member is None or member.key_id != KeyPair(staff.seed).key_id:
        raise NotAllowed("the key was made anew meanwhile")
    return member


def offered_passphrase() -> str:
    """Return a passphrase that chance chose."""
    return generate()
