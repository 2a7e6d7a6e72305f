"""Members of staff, their teams, their sessions and their failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.store.base import dialect_of, insert_into
from portal.store.tables import MemberRow, MembershipRow, SignInTryRow, SlotRow, StaffSessionRow, TeamRow

FORGET_TRIES_AFTER = timedelta(days=1)


def member_by_email(session: Session, folded: str) -> MemberRow | None:
    """Return the member with this folded e-mail address who may sign in."""
    return session.scalar(select(MemberRow).where(MemberRow.email_folded == folded, MemberRow.disabled_at.is_(None)))


def get_member(session: Session, member_id: str) -> MemberRow | None:
    """Return a member who may sign in."""
    member = session.get(MemberRow, member_id)
    return None if member is None or member.disabled_at is not None else member


def passphrase_slot(session: Session, member_id: str) -> SlotRow | None:
    """Return the slot that a member's passphrase opens."""
    newest = SlotRow.id.desc()
    return session.scalar(
        select(SlotRow).where(SlotRow.member_id == member_id, SlotRow.kind == "passphrase").order_by(newest).limit(1)
    )


def teams_of(session: Session, member_id: str) -> Sequence[TeamRow]:
    """Return the teams a member works in, by name."""
    return session.scalars(
        select(TeamRow)
        .join(MembershipRow, MembershipRow.team_id == TeamRow.id)
        .where(MembershipRow.member_id == member_id)
        .order_by(TeamRow.name)
    ).all()


def claim_step(session: Session, member_id: str, step: int) -> bool:
    """Spend a one-time code's step; returns False where it, or a later one, was spent before."""
    claimed = session.scalar(
        update(MemberRow)
        .where(MemberRow.id == member_id, MemberRow.last_totp_step < step)
        .values(last_totp_step=step)
        .returning(MemberRow.id)
    )
    return claimed is not None


def tries_of(session: Session, tries_id: str, now: datetime) -> SignInTryRow:
    """Return the failed tries at one address or reference, locked until the commit."""
    none_yet = insert_into(SignInTryRow, dialect_of(session)).values(
        id=tries_id, failures=0, slow_until=now, updated_at=now
    )
    # Not "do nothing": that would not wait for somebody who is just deleting the row, and then find none.
    same = {"updated_at": SignInTryRow.updated_at}
    session.execute(none_yet.on_conflict_do_update(index_elements=["id"], set_=same))
    return session.scalars(select(SignInTryRow).where(SignInTryRow.id == tries_id).with_for_update()).one()


def forget_tries(session: Session, tries_id: str, now: datetime) -> None:
    """Forget the failed sign-ins for one address, and everyone's old ones."""
    old = SignInTryRow.updated_at < now - FORGET_TRIES_AFTER
    session.execute(delete(SignInTryRow).where((SignInTryRow.id == tries_id) | old))


def get_session(session: Session, session_id: str) -> StaffSessionRow | None:
    """Return a staff session's row."""
    return session.get(StaffSessionRow, session_id)


def touch_session(session: Session, session_id: str, now: datetime) -> None:
    """Note that a session is in use."""
    session.execute(update(StaffSessionRow).where(StaffSessionRow.id == session_id).values(last_seen_at=now))


def end_session(session: Session, session_id: str) -> bool:
    """Delete a session; returns whether there was one."""
    ended = delete(StaffSessionRow).where(StaffSessionRow.id == session_id).returning(StaffSessionRow.id)
    return session.scalar(ended) is not None


def end_old_sessions(session: Session, seen_before: datetime, made_before: datetime) -> None:
    """Delete the sessions that have timed out."""
    is_old = (StaffSessionRow.last_seen_at < seen_before) | (StaffSessionRow.created_at < made_before)
    session.execute(delete(StaffSessionRow).where(is_old))
