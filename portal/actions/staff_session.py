"""A signed-in member of staff: who they are, and the one thing that their cookie lets the server open.

The session's row holds the member's seed, locked under a random secret that only the cookie has. Team keys are opened
from it anew for each request, so a wrap that was taken away is gone at once, and one that was shared works at once.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from portal.sealing.drafts import row_id, unlock
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.teams import HolderKind, SeedWrap, open_epoch
from portal.store.engine import Engine, Session, reading, writing
from portal.store.members import area_roles_of, get_member, get_session, roles_of, teams_of, touch_session
from portal.store.tables import EpochWrapRow
from portal.store.teams import OFFLINE, held_wrap

IDLE = timedelta(minutes=15)
AT_MOST = timedelta(hours=8)
TOUCH_EVERY = timedelta(minutes=1)
"""A session's row is written at most once a minute, so that reading pages does not queue for the write lock."""


class KeyNotHeld(SealBroken):
    """The member belongs to the team, but nobody has shared its key with them yet."""


@dataclass(frozen=True)
class StaffTeam:
    """A team that a member works in."""

    id: str
    area_id: str
    name: str
    role: str = "member"
    is_offline: bool = False
    """Its key is kept away from this service: its members collect sealed bundles, and open nothing here."""


@dataclass(frozen=True)
class AreaRole:
    """What somebody is for a whole area: "coordinator" or "auditor". It gives no key."""

    area_id: str
    role: str


class NotAllowed(PermissionError):
    """The member may see that this is there, but it is for another role."""


@dataclass(frozen=True)
class StaffSession:
    """A member at work. `seed` opens what is theirs and never leaves the request."""

    id: str
    member_id: str
    name: str
    email: str
    teams: tuple[StaffTeam, ...]
    seed: bytes = field(repr=False)
    areas: tuple[AreaRole, ...] = ()

    @property
    def team_ids(self) -> tuple[str, ...]:
        """The teams whose queues they see."""
        return tuple(team.id for team in self.teams)

    def role_in(self, team_id: str) -> str | None:
        """Return what they are in a team, or None where they do not belong to it."""
        return next((team.role for team in self.teams if team.id == team_id), None)

    def is_for_area(self, area_id: str, role: str) -> bool:
        """Tell whether they have this role for an area."""
        return AreaRole(area_id, role) in self.areas

    def needs_lead(self, team_id: str) -> None:
        """Raise NotAllowed unless they lead this team."""
        if self.role_in(team_id) != "lead":
            raise NotAllowed("only the lead of the team may do this")

    def needs_member(self, team_id: str) -> None:
        """Raise NotAllowed unless they belong to this team."""
        if self.role_in(team_id) is None:
            raise NotAllowed("only the team's own members may do this")

    def needs_coordinator(self, area_id: str) -> None:
        """Raise NotAllowed unless they coordinate this area."""
        if not self.is_for_area(area_id, "coordinator"):
            raise NotAllowed("only the area's coordinator may do this")


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


def epoch_key(session: Session, staff: StaffSession, key_id: str) -> KeyPair:
    """Return the team key of this id. Raises KeyNotHeld, or SealBroken where the wrap was altered."""
    held = held_wrap(session, staff.member_id, key_id, staff.team_ids)
    if held is None:
        raise KeyNotHeld("the team's key has not been shared with this member")
    return KeyPair(open_epoch(as_wrap(held), staff.seed))


def as_wrap(row: EpochWrapRow) -> SeedWrap:
    """Return a wrap as it was made."""
    kind = cast(HolderKind, row.holder_kind)
    return SeedWrap(row.team_id, row.epoch, row.epoch_key_id, kind, row.holder_key_id, row.wrapped)
