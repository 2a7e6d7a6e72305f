"""Who holds a team's keys: each epoch's seed, wrapped to each holder."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.database.base import touched
from portal.teams.tables import EpochRow, EpochWrapRow, MemberRow, MembershipRow


def wraps_held_by(session: Session, team_id: str, holder_key_id: str) -> Sequence[EpochWrapRow]:
    """Return the team's keys that this holder has, old ones first."""
    held = (EpochWrapRow.team_id == team_id, EpochWrapRow.holder_key_id == holder_key_id)
    return session.scalars(select(EpochWrapRow).where(*held).order_by(EpochWrapRow.epoch)).all()


def add_wrap(session: Session, **row: Any) -> bool:
    """Let one more hold a key; returns False where they do already."""
    if session.get(EpochWrapRow, (row["team_id"], row["epoch"], row["holder_key_id"])) is not None:
        return False
    session.add(EpochWrapRow(**row))
    session.flush()
    return True


def drop_wraps_of(session: Session, member_id: str, team_id: str | None = None) -> int:
    """Take a member's keys away, of one team or of all; returns how many."""
    of_team = () if team_id is None else (EpochWrapRow.team_id == team_id,)
    return touched(session.execute(delete(EpochWrapRow).where(EpochWrapRow.member_id == member_id, *of_team)))


def drop_old_wraps(session: Session, team_id: str) -> int:
    """Destroy every private copy of a team's retired keys; returns how many."""
    retired = select(EpochRow.number).where(EpochRow.team_id == team_id, EpochRow.retired_at.is_not(None))
    old = (EpochWrapRow.team_id == team_id, EpochWrapRow.epoch.in_(retired))
    return touched(session.execute(delete(EpochWrapRow).where(*old)))


def drop_kit_wraps(session: Session, team_id: str, kept_key_ids: Collection[str]) -> int:
    """Take a team's keys from kits that are no longer in use; returns how many."""
    kits = (EpochWrapRow.team_id == team_id, EpochWrapRow.holder_kind != "member")
    gone = delete(EpochWrapRow).where(*kits, EpochWrapRow.holder_key_id.not_in(kept_key_ids))
    return touched(session.execute(gone))


def has_old_wraps(session: Session, team_id: str) -> bool:
    """Tell whether private copies of retired keys are still there: a renewal is under way."""
    retired = EpochRow.retired_at.is_not(None)
    joined = select(EpochWrapRow.epoch).join(
        EpochRow, (EpochRow.team_id == EpochWrapRow.team_id) & (EpochRow.number == EpochWrapRow.epoch)
    )
    return session.scalar(joined.where(EpochWrapRow.team_id == team_id, retired).limit(1)) is not None


def holders_of(session: Session, team_id: str, epoch: int) -> Sequence[MemberRow]:
    """Return the members who hold this key, by name: those who joined and were let in."""
    return session.scalars(
        select(MemberRow)
        .join(MembershipRow, (MembershipRow.member_id == MemberRow.id) & (MembershipRow.team_id == team_id))
        .join(EpochWrapRow, EpochWrapRow.holder_key_id == MemberRow.key_id)
        .where(EpochWrapRow.team_id == team_id, EpochWrapRow.epoch == epoch, MemberRow.disabled_at.is_(None))
        .order_by(MemberRow.name)
    ).all()
