"""One-time links, kept by their digest: whoever copies the database cannot use one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from portal.teams.tables import InvitationRow


def live_invitation(session: Session, digest: str, now: datetime) -> InvitationRow | None:
    """Return an invitation that was neither used nor is too old."""
    return session.scalar(select(InvitationRow).where(InvitationRow.id == digest, *_is_live(now)))


def invitations_of(session: Session, team_id: str, now: datetime) -> Sequence[InvitationRow]:
    """Return a team's invitations that still work, oldest first."""
    of_team = (InvitationRow.team_id == team_id, InvitationRow.member_id.is_(None))
    return session.scalars(
        select(InvitationRow).where(*of_team, *_is_live(now)).order_by(InvitationRow.made_at, InvitationRow.id)
    ).all()


def spend(session: Session, digest: str, now: datetime) -> bool:
    """Use an invitation up; returns False where that was done before, or its time is over."""
    spent = update(InvitationRow).where(InvitationRow.id == digest, *_is_live(now)).values(used_at=now)
    return session.scalar(spent.returning(InvitationRow.id)) is not None


def forget_invitations(session: Session, *, email: str, team_id: str | None, area: str | None) -> None:
    """Forget what was sent to this address for this team or area: only the newest link works."""
    session.execute(
        delete(InvitationRow).where(
            InvitationRow.email == email,
            InvitationRow.team_id.is_not_distinct_from(team_id),
            InvitationRow.area.is_not_distinct_from(area),
            InvitationRow.used_at.is_(None),
        )
    )


def _is_live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (InvitationRow.used_at.is_(None), InvitationRow.expires_at > now)
