"""Set up a team, so that members and keys can follow."""

from datetime import datetime

from portal.audit.queries import SYSTEM, record
from portal.database.engine import Session
from portal.teams.tables import TeamRow


def create_team(session: Session, team_id: str, area_id: str, name: str, now: datetime, *, actor: str = SYSTEM) -> None:
    """Create a team as its area's file names it. It receives nothing until it is ready."""
    session.add(TeamRow(id=team_id, area=area_id, name=name, created_at=now))
    session.flush()
    record(session, "team.created", at=now, actor=actor, team=team_id, area=area_id)
