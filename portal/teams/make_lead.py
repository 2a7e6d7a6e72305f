"""Somebody of the team becomes its lead, beside those who lead it already."""

from datetime import datetime

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, writing
from portal.teams.members import NobodyThere, membership
from portal.teams.queries import get_team
from portal.teams.staff import NotAllowed, StaffSession


def make_lead(engine: Engine, staff: StaffSession, team_id: str, member_id: str, now: datetime) -> None:
    """Let a member lead their team; the key that they hold, or do not hold, stays as it is. A second time does nothing.

    A lead does this, or the area's coordinator, so that a team whose only lead has gone is not stuck.
    Raises NotAllowed or NobodyThere.
    """
    with writing(engine) as session:
        team, row = get_team(session, team_id), membership(session, member_id, team_id)
        if staff.role_in(team_id) != "lead" and (team is None or not staff.is_for_area(team.area, "coordinator")):
            raise NotAllowed("only the team's lead or the area's coordinator may do this")
        if row is None:
            raise NobodyThere("nobody of this team")
        if row.role == "lead":
            return
        row.role = "lead"
        record(session, "member.made_lead", at=now, actor=by_member(staff.member_id), team=team_id, subject=member_id)
