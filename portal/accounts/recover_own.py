"""A forgotten passphrase, and the recovery code at hand: a new passphrase for the same key, nothing to approve."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.accounts import totp
from portal.accounts.add_member import add_slot
from portal.accounts.queries import claim_step, delete_slots, end_sessions_of, slot_of
from portal.accounts.set_up import FEWEST_LETTERS, TooShort
from portal.accounts.sign_in import SignInRefused, note_failure, one_argon2id, tries_name
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, reading, writing
from portal.limits.tries import count_try, forget_tries
from portal.sealing.slots import PROMISED, Cost, Slot, WrongPassphrase, generate_recovery_code, make_slot
from portal.teams.members import fold_email, member_by_email


@dataclass(frozen=True)
class Recovered:
    """A new recovery code, to print: the old one is spent."""

    recovery_code: str = field(repr=False)


def recover_own(
    engine: Engine,
    *,
    email: str,
    recovery_code: str,
    code: str,
    passphrase: str,
    pepper: bytes,
    now: datetime,
    cost: Cost = PROMISED,
) -> Recovered:
    """Open the key with the recovery code and lock it under a new passphrase and a new code; ends every session.

    Raises TooShort, SlowDown, or SignInRefused in the same words whatever was wrong.
    """
    if len(passphrase.strip()) < FEWEST_LETTERS:
        raise TooShort(f"at least {FEWEST_LETTERS} letters")
    tries_id = tries_name(email, pepper)
    with writing(engine) as session:
        count_try(session, tries_id, now)
    with reading(engine) as session:
        member = member_by_email(session, fold_email(email))
        row = None if member is None else slot_of(session, member.id, "recovery-code")
        slot = None if row is None else Slot(row.salt, row.verifier, row.wrapped_seed)
    try:
        seed = one_argon2id(member, slot, recovery_code, pepper, cost, kind="recovery-code")
    except WrongPassphrase:
        note_failure(engine, member, "recovery code", now)
        raise SignInRefused("not recovered") from None
    assert member is not None  # noqa: S101  # its slot has just opened
    step = totp.matches(totp.reveal(member.totp_secret, pepper, member.id), code, now, member.last_totp_step)
    fresh = generate_recovery_code()
    slots = (
        make_slot(passphrase, pepper, seed, owner=member.id, cost=cost),
        make_slot(fresh, pepper, seed, owner=member.id, kind="recovery-code", cost=cost),
    )
    with writing(engine) as session:
        is_right = step is not None and claim_step(session, member.id, step)
        if is_right:
            end_sessions_of(session, member.id)
            delete_slots(session, member.id)
            add_slot(session, member.id, "passphrase", slots[0], now)
            add_slot(session, member.id, "recovery-code", slots[1], now)
            forget_tries(session, tries_id, now)
            actor = by_member(member.id)
            record(session, "member.new_passphrase", at=now, actor=actor, subject=member.id, how="recovery code")
    if not is_right:
        note_failure(engine, member, "code", now)
        raise SignInRefused("not recovered")
    return Recovered(fresh)
