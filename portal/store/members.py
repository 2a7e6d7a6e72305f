"""Members of staff, their teams, their sessions and their failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.store.base import dialect_of, insert_into, touched
from portal.store.tables import (
    AreaRoleRow,
    MemberRow,
    MembershipRow,
    SignInTryRow,
    SlotRow,
    StaffSessionRow,
    TeamRow,
)

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


def roles_of(session: Session, member_id: str) -> dict[str, str]:
    """Return a member's role in each of their teams."""
    found = select(MembershipRow.team_id, MembershipRow.role).where(MembershipRow.member_id == member_id)
    return {row.team_id: row.role for row in session.execute(found)}


def area_roles_of(session: Session, member_id: str) -> list[tuple[str, str]]:
    """Return the areas that a member looks after, each with the role."""
    found = select(AreaRoleRow.area, AreaRoleRow.role).where(AreaRoleRow.member_id == member_id)
    return [(area, role) for area, role in session.execute(found.order_by(AreaRoleRow.area, AreaRoleRow.role))]


def names_of(session: Session) -> dict[str, str]:
    """Return the name of everybody who is or was on the staff."""
    return {row.id: row.name for row in session.execute(select(MemberRow.id, MemberRow.name))}


def membership(session: Session, member_id: str, team_id: str) -> MembershipRow | None:
    """Return what a member is in a team, if they belong to it."""
    return session.get(MembershipRow, (member_id, team_id))


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
