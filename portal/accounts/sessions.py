"""Sessions of signed-in members: the seed is locked under a secret that only the cookie has."""

from datetime import datetime, timedelta

from portal.accounts.queries import end_old_sessions, end_session, get_session, touch_session
from portal.accounts.tables import StaffSessionRow
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, reading, writing
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.sealing.keys import SealBroken
from portal.teams.members import area_roles_of, get_member, roles_of, teams_of
from portal.teams.queries import OFFLINE
from portal.teams.staff import AreaRole, StaffSession, StaffTeam

IDLE = timedelta(minutes=15)

AT_MOST = timedelta(hours=8)

TOUCH_EVERY = timedelta(minutes=1)
"""A session's row is written at most once a minute, so that reading pages does not queue for the write lock."""


def load_session(engine: Engine, secret: bytes, now: datetime) -> StaffSession | None:
    """Return the member at work; None where the session ended, was idle for 15 minutes or is 8 hours old.

    Also None for a member who was taken off the staff, or a row that was tampered with.
    """
    session_id = row_id(secret)
    with reading(engine) as session:
        row = get_session(session, session_id)
        if row is None or has_timed_out(row.created_at, row.last_seen_at, now):
            return None
        member = get_member(session, row.member_id)
        if member is None:
            return None
        try:
            seed = unlock(secret, row.locked, "session")
        except SealBroken:
            return None
        roles = roles_of(session, member.id)
        teams = tuple(
            StaffTeam(team.id, team.area, team.name, roles[team.id], team.custody == OFFLINE)
            for team in teams_of(session, member.id)
        )
        areas = tuple(AreaRole(*each) for each in area_roles_of(session, member.id))
        found = StaffSession(session_id, member.id, member.name, member.email, teams, seed, areas)
        is_stale = now - row.last_seen_at >= TOUCH_EVERY
    if is_stale:
        with writing(engine) as session:
            touch_session(session, session_id, now)
    return found


def has_timed_out(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Tell whether a session is over."""
    return now - last_seen_at >= IDLE or now - created_at >= AT_MOST


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


def sign_out(engine: Engine, staff: StaffSession, now: datetime) -> None:
    """Delete the session, and with it the only key to its seed. A second time does nothing."""
    with writing(engine) as session:
        if end_session(session, staff.id):
            record(session, "staff.signed_out", at=now, actor=by_member(staff.member_id), why="own choice")
