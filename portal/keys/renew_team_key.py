"""Give a team a new key, at least each quarter. What rests with it follows in batches; both keys open until then."""

from datetime import datetime, timedelta

from portal.audit.queries import by_member
from portal.database.engine import Engine, Session, writing
from portal.keys.new_version import make_epoch
from portal.teams.key_holders import has_old_wraps, holders_of
from portal.teams.queries import current_epoch, get_team, newest_epoch
from portal.teams.staff import KeyNotHeld, StaffSession

RENEW_EVERY = timedelta(days=90)


class RenewalUnderWay(Exception):
    """The last renewal has not come to its end yet: it goes first."""


def renew_team_key(engine: Engine, staff: StaffSession, team_id: str, now: datetime) -> int:
    """Make the next key and return its number. Raises NotAllowed, KeyNotHeld or RenewalUnderWay."""
    staff.needs_lead(team_id)
    with writing(engine) as session:
        needs_key(session, staff, team_id)
        if has_old_wraps(session, team_id):
            raise RenewalUnderWay("finish the last renewal first")
        team = get_team(session, team_id)
        assert team is not None  # noqa: S101  # its lead is at work
        return make_epoch(session, team, now, by_member(staff.member_id))


def needs_key(session: Session, staff: StaffSession, team_id: str) -> None:
    """Raise KeyNotHeld unless this member holds the team's current key."""
    epoch = current_epoch(session, team_id) or newest_epoch(session, team_id)
    if staff.member_id not in {member.id for member in holders_of(session, team_id, epoch)}:
        raise KeyNotHeld("the team's key has not been shared with this member")
