"""Teams, their keys by epoch, and recovery keys; only public halves and wrapped seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, or_, select, text, union_all, update
from sqlalchemy.orm import Session

from portal.database.base import dialect_of, table_of
from portal.teams.tables import EpochRow, EpochWrapRow, MemberRow, MembershipRow, RecoveryKeyRow, TeamRow

FEWEST_HOLDERS = 2
OFFLINE = "offline"
KEYS_LOCK = 7_235_003
"""PostgreSQL advisory lock for each team: no new key comes while something is being sealed to the one before."""

_SHARE_KEYS = text("SELECT pg_advisory_xact_lock_shared(:key, hashtext(:team_id))")
_TAKE_KEYS = text("SELECT pg_advisory_xact_lock(:key, hashtext(:team_id))")

_epoch, _kit = table_of(EpochRow).c, table_of(RecoveryKeyRow).c
_is_of_kit = or_(
    and_(_kit.kind == "recovery", _kit.owner == bindparam("team_id")),
    and_(_kit.kind == "area", _kit.owner == bindparam("area_id")),
)
_SEALING_KEYS = union_all(
    select(literal("team"), _epoch.team_id, _epoch.number, _epoch.public_key, _epoch.key_id).where(
        _epoch.team_id == bindparam("team_id"), _epoch.retired_at.is_(None)
    ),
    select(_kit.kind, _kit.owner, _kit.number, _kit.public_key, _kit.key_id).where(
        _is_of_kit, _kit.retired_at.is_(None), _kit.canary_opened_at.is_not(None)
    ),
)


@dataclass(frozen=True)
class PublicKey:
    """A key to seal to: of a team's current epoch, its kit or its area's kit; `number` is its epoch or generation."""

    kind: Literal["team", "recovery", "area"]
    owner: str
    number: int
    public: bytes
    key_id: str


@dataclass(frozen=True)
class Readiness:
    """What a team has, and so what it still lacks before it may receive. `area_holds`: its area's kit has the key.

    `is_offline`: its key is nowhere in this service; the team itself holds it, and it has proved that it opens.
    """

    epoch: int | None
    holders: int
    has_kit: bool
    kit_is_proved: bool
    area_holds: bool = False
    is_offline: bool = False

    @property
    def is_held(self) -> bool:
        """Whether two hold the current key: two members, or one member and the area's kit; or the team offline."""
        return self.is_offline or (self.holders > 0 and self.holders + self.area_holds >= FEWEST_HOLDERS)

    @property
    def is_met(self) -> bool:
        """Whether enough hold the current key, and the kit has opened its canary."""
        return self.epoch is not None and self.is_held and self.kit_is_proved


def sealing_keys(session: Session, team_id: str, area_id: str) -> list[PublicKey]:
    """Return the keys that a referral to this team is sealed to: the current epoch's, the kits' of team and area.

    They stay the current ones until the transaction ends.
    """
    if dialect_of(session) == "postgresql":
        session.execute(_SHARE_KEYS, {"key": KEYS_LOCK, "team_id": team_id})
    found = session.execute(_SEALING_KEYS, {"team_id": team_id, "area_id": area_id})
    return [PublicKey(*row) for row in found]


def readiness(session: Session, team_id: str) -> Readiness:
    """Return what a team has of what it needs before it may receive."""
    epoch = current_epoch(session, team_id)
    kinds = [] if epoch is None else list(holder_kinds(session, team_id, epoch))
    kits = session.scalars(select(RecoveryKeyRow.canary_opened_at).where(*_kit_of("recovery", team_id))).all()
    is_proved = any(opened is not None for opened in kits)
    is_offline = team_id in offline_teams(session)
    return Readiness(epoch, kinds.count("member"), bool(kits), is_proved, "area" in kinds, is_offline)


def offline_teams(session: Session) -> set[str]:
    """Return the teams whose key is kept away from this service."""
    return set(session.scalars(select(TeamRow.id).where(TeamRow.custody == OFFLINE)))


def holder_kinds(session: Session, team_id: str, epoch: int) -> Sequence[str]:
    """Return the kind of everyone who holds this key and may still use it: members of the team, kits in use."""
    of_epoch = (EpochWrapRow.team_id == team_id, EpochWrapRow.epoch == epoch)
    members = (
        select(EpochWrapRow.holder_kind)
        .join(MemberRow, MemberRow.key_id == EpochWrapRow.holder_key_id)
        .join(MembershipRow, and_(MembershipRow.member_id == MemberRow.id, MembershipRow.team_id == team_id))
        .where(*of_epoch, MemberRow.disabled_at.is_(None))
    )
    kits = (
        select(EpochWrapRow.holder_kind)
        .join(RecoveryKeyRow, RecoveryKeyRow.key_id == EpochWrapRow.holder_key_id)
        .where(*of_epoch, RecoveryKeyRow.retired_at.is_(None))
    )
    return session.scalars(members.union_all(kits)).all()


def ready_teams(session: Session) -> set[str]:
    """Return the teams that may receive: those that have passed the gate and still have keys to seal to.

    A team that falls below the gate later keeps receiving; what is sealed to its kit and its area's is never lost.
    """
    has_epoch = exists().where(EpochRow.team_id == TeamRow.id, EpochRow.retired_at.is_(None))
    has_kit = exists().where(
        RecoveryKeyRow.kind == "recovery",
        RecoveryKeyRow.owner == TeamRow.id,
        RecoveryKeyRow.retired_at.is_(None),
        RecoveryKeyRow.canary_opened_at.is_not(None),
    )
    return set(session.scalars(select(TeamRow.id).where(TeamRow.ready_at.is_not(None), has_epoch, has_kit)))


def mark_ready(session: Session, team_id: str, now: datetime) -> bool:
    """Note that a team has passed the gate; returns False where that was noted before."""
    marked = session.scalar(
        update(TeamRow)
        .where(TeamRow.id == team_id, TeamRow.ready_at.is_(None))
        .values(ready_at=now)
        .returning(TeamRow.id)
    )
    return marked is not None


def current_epoch(session: Session, team_id: str) -> int | None:
    """Return the number of a team's current key, or None where it has none yet."""
    return session.scalar(
        select(func.max(EpochRow.number)).where(EpochRow.team_id == team_id, EpochRow.retired_at.is_(None))
    )


def newest_epoch(session: Session, team_id: str) -> int:
    """Return the number of a team's newest key, retired or not; 0 where it never had one."""
    return session.scalar(select(func.max(EpochRow.number)).where(EpochRow.team_id == team_id)) or 0


def retire_epochs(session: Session, team_id: str, now: datetime) -> None:
    """Note that nothing more is sealed to a team's keys so far; waits for whatever is being sealed to them."""
    if dialect_of(session) == "postgresql":
        session.execute(_TAKE_KEYS, {"key": KEYS_LOCK, "team_id": team_id})
    session.execute(
        update(EpochRow).where(EpochRow.team_id == team_id, EpochRow.retired_at.is_(None)).values(retired_at=now)
    )


def held_wrap(session: Session, member_id: str, epoch_key_id: str, team_ids: Sequence[str]) -> EpochWrapRow | None:
    """Return a member's wrap of one epoch's seed, if they belong to its team and hold it."""
    return session.scalar(
        select(EpochWrapRow).where(
            EpochWrapRow.member_id == member_id,
            EpochWrapRow.epoch_key_id == epoch_key_id,
            EpochWrapRow.team_id.in_(team_ids),
        )
    )


def get_team(session: Session, team_id: str) -> TeamRow | None:
    """Return a team."""
    return session.get(TeamRow, team_id)


def names_of_teams(session: Session) -> dict[str, str]:
    """Return the name of every team that has been set up."""
    return {row.id: row.name for row in session.execute(select(TeamRow.id, TeamRow.name))}


def teams_of_area(session: Session, area_id: str) -> Sequence[TeamRow]:
    """Return an area's teams, by name."""
    return session.scalars(select(TeamRow).where(TeamRow.area == area_id).order_by(TeamRow.name)).all()


def team_ids(session: Session) -> set[str]:
    """Return the id of every team that has been set up."""
    return set(session.scalars(select(TeamRow.id)))


def newest_kit(session: Session, kind: str, owner: str) -> RecoveryKeyRow | None:
    """Return the newest recovery key of a team ("recovery") or an area ("area"), proved or not."""
    newest = RecoveryKeyRow.number.desc()
    return session.scalar(select(RecoveryKeyRow).where(*_kit_of(kind, owner)).order_by(newest).limit(1))


def proved_kit(session: Session, kind: str, owner: str) -> RecoveryKeyRow | None:
    """Return the newest recovery key that has opened its canary: the one in use."""
    newest, proved = RecoveryKeyRow.number.desc(), RecoveryKeyRow.canary_opened_at.is_not(None)
    return session.scalar(select(RecoveryKeyRow).where(*_kit_of(kind, owner), proved).order_by(newest).limit(1))


def retire_older_kits(session: Session, kit: RecoveryKeyRow, now: datetime) -> None:
    """Note that nothing more is sealed to the kits before this one."""
    older = (*_kit_of(kit.kind, kit.owner), RecoveryKeyRow.number < kit.number)
    session.execute(update(RecoveryKeyRow).where(*older).values(retired_at=now))


def members_of(session: Session, team_id: str) -> Sequence[MemberRow]:
    """Return a team's members who may sign in, by name."""
    return session.scalars(
        select(MemberRow)
        .join(MembershipRow, MembershipRow.member_id == MemberRow.id)
        .where(MembershipRow.team_id == team_id, MemberRow.disabled_at.is_(None))
        .order_by(MemberRow.name)
    ).all()


def _kit_of(kind: str, owner: str) -> tuple[ColumnElement[bool], ...]:
    return (RecoveryKeyRow.kind == kind, RecoveryKeyRow.owner == owner, RecoveryKeyRow.retired_at.is_(None))
