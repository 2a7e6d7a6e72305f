"""Somebody leaves a team: in one click they open nothing any more, and no referral is lost."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.queries import delete_slots, end_sessions_of
from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, writing
from portal.keys.new_version import make_epoch
from portal.keys.renew_team_key import needs_key
from portal.keys.reseal import Renewal, renew_all
from portal.teams.key_holders import drop_wraps_of, holders_of
from portal.teams.members import NobodyThere, area_roles_of, get_member, membership, roles_of
from portal.teams.queries import FEWEST_HOLDERS, OFFLINE, current_epoch, get_team, newest_epoch, proved_kit
from portal.teams.staff import StaffSession


class TooFewLeft(Exception):
    """Fewer than two would hold the team's key: `left` members, and no area's kit."""

    def __init__(self, left: int) -> None:
        super().__init__(f"only {left} would hold the team's key")
        self.left = left


class NotYourself(ValueError):
    """Nobody takes themselves off: who acts must still be there to hold the key."""


@dataclass(frozen=True)
class Removed:
    """What became of it. `renewal.left` is 0 where everything rests under the new key already."""

    epoch: int
    renewal: Renewal


def remove_member(engine: Engine, staff: StaffSession, team_id: str, member_id: str, now: datetime) -> Removed:
    """End the leaver's sessions, take their keys, give the team a new key and bring what rests with it under that.

    One transaction shuts them out; the re-wrapping follows at once in batches and can be gone on with. In a team that
    keeps its key offline nobody holds one here, so there is none to renew.
    Raises NotAllowed, KeyNotHeld, NobodyThere, NotYourself or TooFewLeft.
    """
    staff.needs_lead(team_id)
    if member_id == staff.member_id:
        raise NotYourself("ask another lead")
    with writing(engine) as session:
        team, row = get_team(session, team_id), membership(session, member_id, team_id)
        if team is None or row is None:
            raise NobodyThere("nobody of this team")
        is_offline = team.custody == OFFLINE
        if not is_offline:
            needs_key(session, staff, team_id)
            _refuse_too_few(session, team_id, team.area, member_id)
        sessions, keys = end_sessions_of(session, member_id), drop_wraps_of(session, member_id, team_id)
        session.delete(row)
        session.flush()
        _disable_where_last(session, member_id, now)
        actor = by_member(staff.member_id)
        epoch = newest_epoch(session, team_id) if is_offline else make_epoch(session, team, now, actor)
        record(
            session,
            "member.left",
            at=now,
            actor=actor,
            team=team_id,
            subject=member_id,
            sessions=sessions,
            keys=keys,
        )
    return Removed(epoch, Renewal(0) if is_offline else renew_all(engine, staff, team_id, now))


def _refuse_too_few(session: Session, team_id: str, area_id: str, leaver_id: str) -> None:
    epoch = current_epoch(session, team_id)
    holders = [] if epoch is None else holders_of(session, team_id, epoch)
    left = sum(member.id != leaver_id for member in holders)
    if left + (proved_kit(session, "area", area_id) is not None) < FEWEST_HOLDERS:
        raise TooFewLeft(left)


def _disable_where_last(session: Session, member_id: str, now: datetime) -> None:
    """Take somebody off the staff who belongs to no team and no area any more."""
    member = get_member(session, member_id)
    if member is not None and not roles_of(session, member_id) and not area_roles_of(session, member_id):
        member.disabled_at = now
        delete_slots(session, member_id)
