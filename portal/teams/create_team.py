"""Set up a team, so that members and keys can follow."""

from datetime import datetime

from portal.audit.queries import SYSTEM, by_member, record
from portal.database.engine import Engine, Session, writing
from portal.teams.staff import StaffSession
from portal.teams.tables import TeamRow


def create_team(session: Session, team_id: str, area_id: str, name: str, now: datetime, *, actor: str = SYSTEM) -> None:
    """Create a team as its area's file names it. It receives nothing until it is ready."""
    session.add(TeamRow(id=team_id, area=area_id, name=name, created_at=now))
    session.flush()
    record(session, "team.created", at=now, actor=actor, team=team_id, area=area_id)


def set_up_team(engine: Engine, staff: StaffSession, team_id: str, area_id: str, *, name: str, now: datetime) -> None:
    """Set up a team of the member's area. Raises NotAllowed for anybody but its coordinator."""
    staff.needs_coordinator(area_id)
    with writing(engine) as session:
        create_team(session, team_id, area_id, name, now, actor=by_member(staff.member_id))
