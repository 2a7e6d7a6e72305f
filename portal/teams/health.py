"""How a team stands, for its checklist and its warnings."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.mail.tables import OutboxRow
from portal.teams.key_holders import has_old_wraps
from portal.teams.queries import Readiness, current_epoch, get_team, newest_kit, proved_kit, readiness
from portal.teams.tables import EpochRow, MembershipRow


@dataclass(frozen=True)
class Standing:
    """What a team has, and since when.

    `is_led`: a lead has set themselves up. `area_kit_left_out`: the area has a kit that does not hold the key yet.
    """

    has: Readiness
    is_led: bool
    is_ready: bool
    key_made_at: datetime | None
    drilled_at: datetime | None
    kit_waits: bool
    area_kit_left_out: bool
    renewal_under_way: bool


def standing_of(session: Session, team_id: str) -> Standing:
    """Return how a team stands."""
    found, team = readiness(session, team_id), get_team(session, team_id)
    epoch = current_epoch(session, team_id)
    made = None
    if epoch is not None:
        is_it = (EpochRow.team_id == team_id, EpochRow.number == epoch)
        made = session.scalar(select(EpochRow.created_at).where(*is_it))
    proved, newest = proved_kit(session, "recovery", team_id), newest_kit(session, "recovery", team_id)
    leads = (MembershipRow.team_id == team_id, MembershipRow.role == "lead")
    area_kit = None if team is None else proved_kit(session, "area", team.area)
    return Standing(
        has=found,
        is_led=session.scalar(select(MembershipRow).where(*leads).limit(1)) is not None,
        is_ready=team is not None and team.ready_at is not None,
        key_made_at=made,
        drilled_at=None if proved is None else proved.canary_opened_at,
        kit_waits=newest is not None and newest.canary_opened_at is None,
        area_kit_left_out=area_kit is not None and epoch is not None and not (found.area_holds or found.is_offline),
        renewal_under_way=has_old_wraps(session, team_id),
    )


def last_posted(session: Session, kind: str, team_id: str) -> datetime | None:
    """Return when a message of this kind was last put in the outbox for a team."""
    is_it = (OutboxRow.kind == kind, OutboxRow.team == team_id)
    newest = OutboxRow.created_at.desc()
    return session.scalar(select(OutboxRow.created_at).where(*is_it).order_by(newest).limit(1))
