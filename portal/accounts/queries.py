"""Ways into a member's seed, one-time codes that were spent, and sessions."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.accounts.tables import SlotRow, StaffSessionRow
from portal.database.base import touched
from portal.teams.tables import MemberRow


def passphrase_slot(session: Session, member_id: str) -> SlotRow | None:
    """Return the slot that a member's passphrase opens."""
    return slot_of(session, member_id, "passphrase")


def slot_of(session: Session, member_id: str, kind: str) -> SlotRow | None:
    """Return the newest slot of a kind."""
    newest = SlotRow.id.desc()
    of_kind = (SlotRow.member_id == member_id, SlotRow.kind == kind)
    return session.scalar(select(SlotRow).where(*of_kind).order_by(newest).limit(1))


def delete_slots(session: Session, member_id: str, kind: str | None = None) -> None:
    """Delete every way into a member's seed, or those of a kind."""
    of_kind = () if kind is None else (SlotRow.kind == kind,)
    session.execute(delete(SlotRow).where(SlotRow.member_id == member_id, *of_kind))


def claim_step(session: Session, member_id: str, step: int) -> bool:
    """Spend a one-time code's step; returns False where it, or a later one, was spent before."""
    claimed = session.scalar(
        update(MemberRow)
        .where(MemberRow.id == member_id, MemberRow.last_totp_step < step)
        .values(last_totp_step=step)
        .returning(MemberRow.id)
    )
    return claimed is not None


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


def end_sessions_of(session: Session, member_id: str, *, but: str = "") -> int:
    """Delete every session of a member, but for one; returns how many."""
    theirs = (StaffSessionRow.member_id == member_id, StaffSessionRow.id != but)
    return touched(session.execute(delete(StaffSessionRow).where(*theirs)))


def count_sessions(session: Session, member_id: str, seen_after: datetime, made_after: datetime) -> int:
    """Return how many sessions of a member have not timed out."""
    theirs = (StaffSessionRow.member_id == member_id, StaffSessionRow.last_seen_at > seen_after)
    found = select(func.count()).select_from(StaffSessionRow).where(*theirs, StaffSessionRow.created_at > made_after)
    return session.scalar(found) or 0


def end_old_sessions(session: Session, seen_before: datetime, made_before: datetime) -> None:
    """Delete the sessions that have timed out."""
    is_old = (StaffSessionRow.last_seen_at < seen_before) | (StaffSessionRow.created_at < made_before)
    session.execute(delete(StaffSessionRow).where(is_old))
