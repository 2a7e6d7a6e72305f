"""Sign a member of staff in: passphrase and one-time code, checked together, at one Argon2id.

An address that nobody has costs the same time and gets the same answer. Failures slow down that address alone, known or
not, and never lock it; the row of failures is named by an HMAC, since people also type their passphrase in there.
"""

import hashlib
import hmac
from datetime import datetime
from threading import BoundedSemaphore

from portal.accounts import totp
from portal.accounts.passkeys import Answer, PasskeyRefused
from portal.accounts.queries import claim_step, passphrase_slot
from portal.accounts.sessions import start_session
from portal.accounts.use_passkey import use_passkey
from portal.audit.queries import SYSTEM, record
from portal.database.engine import Engine, Session, reading, writing
from portal.limits.tries import SlowDown, count_try, forget_tries
from portal.sealing.slots import PROMISED, Cost, Slot, SlotKind, WrongPassphrase, open_no_slot, open_slot
from portal.teams.members import fold_email, member_by_email
from portal.teams.tables import MemberRow

__all__ = ["SlowDown"]

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


def note_failure(engine: Engine, member: MemberRow | None, why: str, now: datetime) -> None:
    """Log a failure for a member; guesses at addresses that nobody has would only fill the log."""
    if member is None:
        return
    with writing(engine) as session:
        record(session, "staff.sign_in_failed", at=now, actor=SYSTEM, subject=member.id, why=why)
