"""Sign a member of staff in: passphrase and one-time code, checked together, at one Argon2id.

An address that nobody has costs the same time and gets the same answer. Failures slow down that address alone, known or
not, and never lock it; the row of failures is named by an HMAC, since people also type their passphrase in there.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from portal.actions.add_member import fold_email
from portal.actions.staff_session import AT_MOST, IDLE
from portal.actions.use_passkey import use_passkey
from portal.identity import totp
from portal.identity.passkeys import Answer, PasskeyRefused
from portal.identity.passphrases import PROMISED, Cost, Slot, SlotKind, WrongPassphrase, open_no_slot, open_slot
from portal.sealing.drafts import lock, new_secret, row_id
from portal.store.audit import SYSTEM, by_member, record
from portal.store.engine import Engine, Session, reading, writing
from portal.store.members import claim_step, end_old_sessions, forget_tries, member_by_email, passphrase_slot, tries_of
from portal.store.tables import MemberRow, StaffSessionRow

FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=1)
MOST_AT_ONCE = 2
"""Each check takes 64 MiB; one more of them waits for its turn."""
MOST_HELD = MOST_AT_ONCE + 1
"""A worker has four threads. However many sign-ins come at once, one is left for people who need urgent help."""
BUSY_SECONDS = 5

_places = BoundedSemaphore(MOST_HELD)
_turns = BoundedSemaphore(MOST_AT_ONCE)


class SignInRefused(Exception):
    """E-mail address, passphrase and code do not belong together; which of them is not said."""


class SecondRefused(Exception):
    """The code or the passkey is not right, or was used before."""


class SlowDown(Exception):
    """Too many failures for this address, or too many sign-ins at this moment: the next try counts after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def sign_in(
    engine: Engine,
    *,
    email: str,
    passphrase: str,
    code: str,
    pepper: bytes,
    now: datetime,
    passkey: Answer | None = None,
    cost: Cost = PROMISED,
) -> bytes:
    """Return the secret of a new session, for the cookie alone. Raises SignInRefused or SlowDown.

    With a `passkey` no code is needed. `cost` is what an address that nobody has costs: that of the members' slots.
    """
    if not _places.acquire(blocking=False):
        raise SlowDown(BUSY_SECONDS)
    try:
        return _sign_in(engine, (email, passphrase, passkey or code), pepper, now, cost)
    finally:
        _places.release()


def _sign_in(engine: Engine, typed: tuple[str, str, str | Answer], pepper: bytes, now: datetime, cost: Cost) -> bytes:
    email, passphrase, second = typed
    folded = fold_email(email)
    tries_id = tries_name(email, pepper)
    # Counted before it is checked, so that many guesses at once are slowed like many in a row.
    with writing(engine) as session:
        count_try(session, tries_id, now)
    with reading(engine) as session:
        member = member_by_email(session, folded)
        slot = None if member is None else passphrase_slot(session, member.id)
        checked = None if slot is None else Slot(slot.salt, slot.verifier, slot.wrapped_seed)
    try:
        seed = one_argon2id(member, checked, passphrase, pepper, cost)
        step = _step(member, second, pepper, now) if isinstance(second, str) else None
    except WrongPassphrase:
        note_failure(engine, member, "passphrase", now)
        raise SignInRefused("not signed in") from None
    assert member is not None  # noqa: S101  # their slot has just opened
    try:
        with writing(engine) as session:
            _claim(session, member, second, step, now)
            secret = start_session(session, member.id, seed, now)
            forget_tries(session, tries_id, now)
    except SecondRefused:
        note_failure(engine, member, "code" if isinstance(second, str) else "passkey", now)
        raise SignInRefused("not signed in") from None
    return secret


def _claim(session: Session, member: MemberRow, second: str | Answer, step: int | None, now: datetime) -> None:
    """Spend the second factor. Raises SecondRefused."""
    if isinstance(second, Answer):
        try:
            use_passkey(session, member.id, second, now)
        except PasskeyRefused as refused:
            raise SecondRefused(str(refused)) from None
    elif step is None or not claim_step(session, member.id, step):
        raise SecondRefused("the code is wrong, or spent")


def tries_name(email: str, pepper: bytes) -> str:
    """Return the name under which failures for an address are counted."""
    return hmac.new(pepper, b"dsr/v1/sign-in-try|" + fold_email(email).encode(), hashlib.sha256).hexdigest()


def one_argon2id(
    member: MemberRow | None, slot: Slot | None, typed: str, pepper: bytes, cost: Cost, *, kind: SlotKind = "passphrase"
) -> bytes:
    """Return the seed in a slot, or take as long where there is none. Raises WrongPassphrase."""
    with _turns:
        if member is None or slot is None:
            open_no_slot(typed, pepper, cost)
        return open_slot(typed, pepper, slot, owner=member.id, kind=kind)


def _step(member: MemberRow | None, code: str, pepper: bytes, now: datetime) -> int | None:
    if member is None:
        return None
    secret = totp.reveal(member.totp_secret, pepper, member.id)
    return totp.matches(secret, code, now, member.last_totp_step)


def start_session(session: Session, member_id: str, seed: bytes, now: datetime) -> bytes:
    """Start a session and return its secret; those of everyone that have timed out go."""
    secret = new_secret()
    end_old_sessions(session, seen_before=now - IDLE, made_before=now - AT_MOST)
    row = StaffSessionRow(
        id=row_id(secret),
        member_id=member_id,
        locked=lock(secret, seed, "session"),
        created_at=now,
        last_seen_at=now,
    )
    session.add(row)
    session.flush()
    record(session, "staff.signed_in", at=now, actor=by_member(member_id))
    return secret


def count_try(session: Session, tries_id: str, now: datetime) -> None:
    """Count a try before it is checked. Raises SlowDown."""
    tries = tries_of(session, tries_id, now)
    if tries.slow_until > now:
        raise SlowDown(int((tries.slow_until - now).total_seconds()) + 1)
    tries.failures += 1
    tries.slow_until = now + wait_after(tries.failures)
    tries.updated_at = now


def wait_after(failures: int) -> timedelta:
    """Return how long an address waits: nothing for four failures, then 2, 4, 8 … seconds, a minute at most."""
    if failures <= FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 10)), LONGEST_WAIT)


def note_failure(engine: Engine, member: MemberRow | None, why: str, now: datetime) -> None:
    """Log a failure for a member; guesses at addresses that nobody has would only fill the log."""
    if member is None:
        return
    with writing(engine) as session:
        record(session, "staff.sign_in_failed", at=now, actor=SYSTEM, subject=member.id, why=why)
