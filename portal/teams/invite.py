"""Invite somebody by a one-time link: to a team, to look after an area, or to start again with a new key."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from portal.audit.queries import by_member, record
from portal.database.engine import Engine, Session, writing
from portal.teams.invitations import forget_invitations
from portal.teams.members import (
    NobodyThere,
    area_roles_of,
    fold_email,
    get_member,
    join_team,
    member_by_email,
    membership,
    roles_of,
)
from portal.teams.queries import get_team
from portal.teams.staff import NotAllowed, StaffSession
from portal.teams.tables import AreaRoleRow, InvitationRow

VALID = timedelta(days=7)
TOKEN_BYTES = 32
LONGEST = 200

TeamRole = Literal["member", "lead"]
AreaWork = Literal["coordinator", "auditor"]


@dataclass(frozen=True)
class Invited:
    """What came of it: a link's token to hand over, or nothing to hand over where they have an account already."""

    name: str
    email: str
    token: str = ""


class AlreadyHere(ValueError):
    """They belong to it already."""


class NotAnAddress(ValueError):
    """This is no e-mail address, or no name."""


def digest_of(token: str) -> str:
    """Return what the database keeps of a link."""
    return hashlib.sha256(b"dsr/v1/invitation|" + token.encode()).hexdigest()


def invite_to_team(
    session: Session, team_id: str, email: str, name: str, role: TeamRole, *, now: datetime, actor: str
) -> Invited:
    """Invite somebody to a team. Who is on the staff already joins at once; a colleague lets both kinds in.

    Raises AlreadyHere or NotAnAddress.
    """
    _check(email, name)
    known = member_by_email(session, fold_email(email))
    if known is not None:
        if membership(session, known.id, team_id) is not None:
            raise AlreadyHere("they belong to this team already")
        join_team(session, known.id, team_id, now, role=role, actor=actor)
        return Invited(known.name, known.email)
    token = _link(session, email, name, role, now, team_id=team_id)
    record(session, "member.invited", at=now, actor=actor, team=team_id, role=role)
    return Invited(name, email, token)


def invite_colleague(
    engine: Engine, staff: StaffSession, team_id: str, email: str, name: str, *, role: TeamRole, now: datetime
) -> Invited:
    """Invite somebody to one's own team, or as the area's coordinator. Raises as invite_to_team, or NotAllowed."""
    with writing(engine) as session:
        _needs_lead_or_coordinator(session, staff, team_id)
        return invite_to_team(session, team_id, email, name, role, now=now, actor=by_member(staff.member_id))


def invite_to_area(
    session: Session, area_id: str, email: str, name: str, role: AreaWork, *, now: datetime, actor: str
) -> Invited:
    """Invite a coordinator or an auditor. Raises AlreadyHere or NotAnAddress."""
    _check(email, name)
    known = member_by_email(session, fold_email(email))
    if known is not None:
        if (area_id, role) in area_roles_of(session, known.id):
            raise AlreadyHere("they are that already")
        give_area_role(session, known.id, area_id, role, now=now, actor=actor)
        return Invited(known.name, known.email)
    token = _link(session, email, name, role, now, area=area_id)
    record(session, "member.invited", at=now, actor=actor, role=role)
    return Invited(name, email, token)


def give_area_role(session: Session, member_id: str, area_id: str, role: str, *, now: datetime, actor: str) -> None:
    """Make somebody an area's coordinator or auditor."""
    session.add(AreaRoleRow(member_id=member_id, area=area_id, role=role, since=now))
    session.flush()
    record(session, "area.role_given", at=now, actor=actor, subject=member_id, area=area_id, role=role)


def allow_reset(engine: Engine, staff: StaffSession, team_id: str, member_id: str, now: datetime) -> Invited:
    """Let a colleague who forgot their passphrase start again with a new key; theirs so far goes when they do.

    A lead allows it, or the area's coordinator, who holds no key. Whoever is let in again by a colleague reads again.
    Raises NotAllowed or NobodyThere.
    """
    with writing(engine) as session:
        _needs_lead_or_coordinator(session, staff, team_id)
        member = get_member(session, member_id)
        if member is None or membership(session, member_id, team_id) is None:
            raise NobodyThere("nobody of this team")
        role = roles_of(session, member_id)[team_id]
        token = _link(session, member.email, member.name, role, now, team_id=team_id, member_id=member_id)
        actor = by_member(staff.member_id)
        record(session, "member.reset_allowed", at=now, actor=actor, team=team_id, subject=member_id)
    return Invited(member.name, member.email, token)


def _needs_lead_or_coordinator(session: Session, staff: StaffSession, team_id: str) -> None:
    team = get_team(session, team_id)
    if staff.role_in(team_id) == "lead" or (team is not None and staff.is_for_area(team.area, "coordinator")):
        return
    raise NotAllowed("only the team's lead or the area's coordinator may do this")


def _link(
    session: Session,
    email: str,
    name: str,
    role: str,
    now: datetime,
    *,
    team_id: str | None = None,
    area: str | None = None,
    member_id: str | None = None,
) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    forget_invitations(session, email=email.strip(), team_id=team_id, area=area)
    session.add(
        InvitationRow(
            id=digest_of(token),
            email=email.strip(),
            name=name.strip(),
            role=role,
            team_id=team_id,
            area=area,
            member_id=member_id,
            made_at=now,
            expires_at=now + VALID,
        )
    )
    session.flush()
    return token


def _check(email: str, name: str) -> None:
    local, at, host = email.strip().partition("@")
    is_address = bool(local and at and "." in host) and " " not in email.strip() and len(email) <= LONGEST
    if not is_address:
        raise NotAnAddress("email")
    if not name.strip() or len(name) > LONGEST:
        raise NotAnAddress("name")
