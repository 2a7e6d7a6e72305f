"""A member's own passkeys: add one, take one away. The authenticator app goes on working beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.own_account import prove_passphrase
from portal.accounts.passkey_queries import add_passkey, delete_passkeys, passkeys_of, spend_challenge
from portal.accounts.passkeys import Answer, PasskeyRefused, digest_of, register
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, reading, writing
from portal.sealing.slots import PROMISED, Cost
from portal.teams.staff import StaffSession

LONGEST_NAME = 60


@dataclass(frozen=True)
class OwnPasskey:
    """A passkey, as its owner sees it."""

    id: str
    name: str
    added_at: datetime
    last_used_at: datetime | None
    credential_id: bytes


def purpose_of(staff: StaffSession) -> str:
    """Return what a challenge to make a passkey is for: this session alone."""
    return f"register|{staff.id}"


def own_passkeys(engine: Engine, staff: StaffSession) -> Sequence[OwnPasskey]:
    """Return the member's passkeys."""
    with reading(engine) as session:
        rows = passkeys_of(session, staff.member_id)
        return [OwnPasskey(row.id, row.name, row.added_at, row.last_used_at, row.credential_id) for row in rows]


def add_own_passkey(
    engine: Engine,
    staff: StaffSession,
    answer: Answer,
    *,
    name: str,
    current: str,
    pepper: bytes,
    now: datetime,
    cost: Cost = PROMISED,
) -> None:
    """Keep a passkey that the browser made. Raises PasskeyRefused, SlowDown or SignInRefused."""
    made, challenge = register(answer, purpose_of(staff), now)
    prove_passphrase(engine, staff, current, pepper=pepper, now=now, cost=cost)
    passkey_id = digest_of(made.credential_id)
    with writing(engine) as session:
        if not spend_challenge(session, challenge.digest, challenge.ends, now):
            raise PasskeyRefused("this challenge was answered before")
        is_new = add_passkey(
            session,
            id=passkey_id,
            member_id=staff.member_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name.strip()[:LONGEST_NAME],
            added_at=now,
        )
        if not is_new:
            raise PasskeyRefused("this passkey is known already")
        actor = by_member(staff.member_id)
        record(session, "member.passkey_added", at=now, actor=actor, subject=staff.member_id, key=passkey_id[:16])


def remove_own_passkey(engine: Engine, staff: StaffSession, passkey_id: str, now: datetime) -> None:
    """Take a passkey away. A second time does nothing."""
    with writing(engine) as session:
        if delete_passkeys(session, staff.member_id, passkey_id):
            actor = by_member(staff.member_id)
            record(session, "member.passkey_removed", at=now, actor=actor, subject=staff.member_id, key=passkey_id[:16])
