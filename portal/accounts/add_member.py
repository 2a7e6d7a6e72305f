"""Take somebody onto the staff, and into a team."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from portal.accounts import totp
from portal.accounts.tables import SlotRow
from portal.audit.queries import SYSTEM, record
from portal.database.engine import Session
from portal.sealing.keys import KeyPair, new_seed
from portal.sealing.slots import PROMISED, Cost, Slot, SlotKind, make_slot
from portal.teams.members import fold_email
from portal.teams.tables import MemberRow


@dataclass(frozen=True)
class NewMember:
    """Somebody with a key of their own, not yet in the database. Only the slots outlast the moment."""

    id: str
    email: str
    name: str
    public_key: bytes
    key_id: str
    slot: Slot
    protected_totp: bytes
    recovery_slot: Slot | None = None
    seed: bytes = field(default=b"", repr=False)


def new_member(
    email: str,
    name: str,
    *,
    passphrase: str,
    totp_secret: str,
    pepper: bytes,
    recovery_code: str = "",
    member_id: str = "",
    cost: Cost = PROMISED,
) -> NewMember:
    """Make a member's key and lock it under the passphrase: slow on purpose, so outside every transaction.

    With a `recovery_code` the same seed has a second slot. `member_id` is given where somebody starts again.
    """
    member_id, seed = member_id or secrets.token_hex(16), new_seed()
    pair = KeyPair(seed)
    slot = make_slot(passphrase, pepper, seed, owner=member_id, cost=cost)
    spare = None
    if recovery_code:
        spare = make_slot(recovery_code, pepper, seed, owner=member_id, kind="recovery-code", cost=cost)
    protected = totp.protect(totp_secret, pepper, member_id)
    return NewMember(member_id, email, name, pair.public, pair.key_id, slot, protected, spare, seed)


def add_member(session: Session, member: NewMember, now: datetime, actor: str = SYSTEM) -> None:
    """Keep a new member; one e-mail address is one member."""
    row = MemberRow(
        id=member.id,
        email=member.email,
        email_folded=fold_email(member.email),
        name=member.name,
        public_key=member.public_key,
        key_id=member.key_id,
        totp_secret=member.protected_totp,
        created_at=now,
    )
    session.add(row)
    session.flush()
    add_slots(session, member, now)
    record(session, "member.created", at=now, actor=actor, subject=member.id, key=member.key_id)


def add_slots(session: Session, member: NewMember, now: datetime) -> None:
    """Keep the ways into a member's seed."""
    add_slot(session, member.id, "passphrase", member.slot, now)
    if member.recovery_slot is not None:
        add_slot(session, member.id, "recovery-code", member.recovery_slot, now)


def add_slot(session: Session, member_id: str, kind: SlotKind, slot: Slot, now: datetime) -> None:
    """Keep one way into a member's seed."""
    salt, verifier, wrapped = slot
    session.add(
        SlotRow(member_id=member_id, kind=kind, salt=salt, verifier=verifier, wrapped_seed=wrapped, created_at=now)
    )
    session.flush()
