"""Members' passkeys, and the challenges that were answered already."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.tables import PasskeyRow, SpentChallengeRow
from portal.database.base import dialect_of, insert_into, touched


def add_passkey(session: Session, **row: object) -> bool:
    """Keep a passkey; returns False where it is known already."""
    added = insert_into(PasskeyRow, dialect_of(session)).values(last_used_at=None, **row)
    return touched(session.execute(added.on_conflict_do_nothing(index_elements=["id"]))) == 1


def passkeys_of(session: Session, member_id: str) -> Sequence[PasskeyRow]:
    """Return a member's passkeys, oldest first."""
    theirs = select(PasskeyRow).where(PasskeyRow.member_id == member_id)
    return session.scalars(theirs.order_by(PasskeyRow.added_at, PasskeyRow.id)).all()


def passkey_of(session: Session, member_id: str, passkey_id: str) -> PasskeyRow | None:
    """Return one passkey of a member, locked until the commit."""
    is_it = (PasskeyRow.id == passkey_id, PasskeyRow.member_id == member_id)
    return session.scalar(select(PasskeyRow).where(*is_it).with_for_update())


def delete_passkeys(session: Session, member_id: str, passkey_id: str | None = None) -> int:
    """Delete one passkey of a member, or all; returns how many."""
    is_it = () if passkey_id is None else (PasskeyRow.id == passkey_id,)
    return touched(session.execute(delete(PasskeyRow).where(PasskeyRow.member_id == member_id, *is_it)))


def spend_challenge(session: Session, digest: str, ends: datetime, now: datetime) -> bool:
    """Note that a challenge was answered; returns False where it was before. Forgets those that are over."""
    session.execute(delete(SpentChallengeRow).where(SpentChallengeRow.ends <= now))
    spent = insert_into(SpentChallengeRow, dialect_of(session)).values(id=digest, ends=ends)
    return touched(session.execute(spent.on_conflict_do_nothing(index_elements=["id"]))) == 1
