"""A signed-in member of staff: who they are, and the one thing that their cookie lets the server open.

The session's row holds the member's seed, locked under a random secret that only the cookie has. Team keys are opened
from it anew for each request, so a wrap that was taken away is gone at once, and one that was shared works at once.
"""

from dataclasses import dataclass, field
from typing import Literal, cast

from portal.database.engine import Session
from portal.sealing.envelope import recipients_of
from portal.sealing.keys import KeyPair, SealBroken
from portal.sealing.teams import HolderKind, SeedWrap, open_epoch
from portal.teams.queries import held_wrap
from portal.teams.tables import EpochWrapRow

Role = Literal["member", "lead", "coordinator", "auditor"]


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


class KeysOf:
    """The team keys that a member holds, each opened once for the whole batch."""

    def __init__(self, session: Session, staff: StaffSession) -> None:
        self._session, self._staff = session, staff
        self._opened: dict[str, KeyPair] = {}

    def for_envelope(self, envelope: bytes) -> KeyPair:
        """Return a key of theirs that opens this envelope. Raises SealBroken."""
        fault = SealBroken("the envelope names no team key")
        for meta in recipients_of(envelope):
            if meta.kind != "team":
                continue
            try:
                if meta.key_id not in self._opened:
                    self._opened[meta.key_id] = epoch_key(self._session, self._staff, meta.key_id)
                return self._opened[meta.key_id]
            except SealBroken as refused:
                fault = refused
        raise fault
