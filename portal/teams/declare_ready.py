"""Let a team receive referrals, once it has what it needs."""

from datetime import datetime

from portal.audit.queries import SYSTEM, record
from portal.database.engine import Session
from portal.teams.queries import Readiness, mark_ready, readiness


def declare_ready(session: Session, team_id: str, now: datetime, actor: str = SYSTEM) -> Readiness:
    """Check the readiness gate and, the first time that it is met, note it; returns what the team has."""
    found = readiness(session, team_id)
    if found.is_met and found.epoch is not None and mark_ready(session, team_id, now):
        record(session, "team.ready", at=now, actor=actor, team=team_id, epoch=found.epoch, holders=found.holders)
    return found
