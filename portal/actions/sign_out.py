"""End a staff session."""

from datetime import datetime

from portal.actions.staff_session import StaffSession
from portal.store.audit import by_member, record
from portal.store.engine import Engine, writing
from portal.store.members import end_session


def sign_out(engine: Engine, staff: StaffSession, now: datetime) -> None:
    """Delete the session, and with it the only key to its seed. A second time does nothing."""
    with writing(engine) as session:
        if end_session(session, staff.id):
            record(session, "staff.signed_out", at=now, actor=by_member(staff.member_id), why="own choice")
