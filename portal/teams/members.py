"""Members of staff, their teams, their sessions and their failed sign-ins."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.queries import SYSTEM, record
from portal.teams.tables import AreaRoleRow, MemberRow, MembershipRow, TeamRow

Role = Literal["member", "lead"]


def member_by_email(session: Session, folded: str) -> MemberRow | None:
    """Return the member with this folded e-mail address who may sign in."""
    return session.scalar(select(MemberRow).where(MemberRow.email_folded == folded, MemberRow.disabled_at.is_(None)))


def get_member(session: Session, member_id: str) -> MemberRow | None:
    """Return a member who may sign in."""
    member = session.get(MemberRow, member_id)
    return None if member is None or member.disabled_at is not None else member


def roles_of(session: Session, member_id: str) -> dict[str, str]:
    """Return a member's role in each of their teams."""
    found = select(MembershipRow.team_id, MembershipRow.role).where(MembershipRow.member_id == member_id)
    return {row.team_id: row.role for row in session.execute(found)}


def area_roles_of(session: Session, member_id: str) -> list[tuple[str, str]]:
    """Return the areas that a member looks after, each with the role."""
    found = select(AreaRoleRow.area, AreaRoleRow.role).where(AreaRoleRow.member_id == member_id)
    return [(area, role) for area, role in session.execute(found.order_by(AreaRoleRow.area, AreaRoleRow.role))]


def names_of(session: Session) -> dict[str, str]:
    """Return the name of everybody who is or was on the staff."""
    return {row.id: row.name for row in session.execute(select(MemberRow.id, MemberRow.name))}


def membership(session: Session, member_id: str, team_id: str) -> MembershipRow | None:
    """Return what a member is in a team, if they belong to it."""
    return session.get(MembershipRow, (member_id, team_id))


def teams_of(session: Session, member_id: str) -> Sequence[TeamRow]:
    """Return the teams a member works in, by name."""
    return session.scalars(
        select(TeamRow)
        .join(MembershipRow, MembershipRow.team_id == TeamRow.id)
        .where(MembershipRow.member_id == member_id)
        .order_by(TeamRow.name)
    ).all()


def join_team(
    session: Session, member_id: str, team_id: str, now: datetime, *, role: Role = "member", actor: str = SYSTEM
) -> None:
    """Make a member part of a team. They open its referrals once the team's key is shared with them."""
    session.add(MembershipRow(member_id=member_id, team_id=team_id, role=role, joined_at=now))
    session.flush()
    record(session, "member.joined", at=now, actor=actor, team=team_id, subject=member_id, role=role)


def fold_email(email: str) -> str:
    """Return an e-mail address in the one form in which it is compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class NobodyThere(LookupError):
    """There is no such member in this team."""
