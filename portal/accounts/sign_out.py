"""End a staff session."""

from datetime import datetime

from portal.accounts.queries import end_session
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.teams.staff import StaffSession


def sign_out(engine: Engine, staff: StaffSession, now: datetime) -> None:
    """Delete the session, and with it the only key to its seed. A second time does nothing."""
    with writing(engine) as session:
        if end_session(session, staff.id):
            record(session, "staff.signed_out", at=now, actor=by_member(staff.member_id), why="own choice")
