"""A signed-in member of staff: who they are, and the one thing that their cookie lets the server open.

The session's row holds the member's seed, locked under a random secret that only the cookie has. Team keys are opened
from it anew for each request, so a wrap that was taken away is gone at once, and one that was shared works at once.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.sealing.drafts import row_id, unlock
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.teams import HolderKind, SeedWrap, open_epoch
from portal.store.engine import Engine, Session, reading, writing
from portal.store.members import get_member, get_session, teams_of, touch_session
from portal.store.tables import EpochWrapRow
from portal.store.teams import held_wrap

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


@dataclass(frozen=True)
class StaffSession:
    """A member at work. `seed` opens what is theirs and never leaves the request."""

    id: str
    member_id: str
    name: str
    email: str
    teams: tuple[StaffTeam, ...]
    seed: bytes = field(repr=False)

    @property
    def team_ids(self) -> tuple[str, ...]:
        """The teams whose queues they see."""
        return tuple(team.id for team in self.teams)


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
        teams = tuple(StaffTeam(team.id, team.area, team.name) for team in teams_of(session, member.id))
        found = StaffSession(session_id, member.id, member.name, member.email, teams, seed)
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
    return KeyPair(open_epoch(_as_wrap(held), staff.seed))


def _as_wrap(row: EpochWrapRow) -> SeedWrap:
    kind: HolderKind = "member"
    return SeedWrap(row.team_id, row.epoch, row.epoch_key_id, kind, row.holder_key_id, row.wrapped)
