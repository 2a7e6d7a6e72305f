"""What the pages about teams, areas and the log show. Plain values: nothing here holds a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.audit.queries import AuditBroken, Head, Line, lines_of, verify
from portal.database.engine import Engine, reading
from portal.teams.health import Standing, standing_of
from portal.teams.invitations import invitations_of
from portal.teams.key_holders import holders_of
from portal.teams.members import names_of, roles_of
from portal.teams.queries import get_team, members_of, names_of_teams, newest_epoch, newest_kit, teams_of_area
from portal.teams.staff import StaffSession

__all__ = ["AuditBroken", "Line", "Standing"]


@dataclass(frozen=True)
class Colleague:
    """Somebody of a team."""

    id: str
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Team:
    """A team and its people. `holders` are ids of those who hold its key, `invited` names of who has not joined yet."""

    id: str
    name: str
    standing: Standing
    people: Sequence[Colleague]
    holders: frozenset[str]
    invited: Sequence[str]


@dataclass(frozen=True)
class AreaTeam:
    """A team as its area sees it: without a name of its people."""

    id: str
    name: str
    standing: Standing


@dataclass(frozen=True)
class LogPage:
    """Lines of the log, newest first, with the names of people and teams by their ids."""

    lines: Sequence[Line]
    people: Mapping[str, str]
    teams: Mapping[str, str]


def look_at_team(engine: Engine, team_id: str, now: datetime) -> Team | None:
    """Return a team; None where it is not set up."""
    with reading(engine) as session:
        row = get_team(session, team_id)
        if row is None:
            return None
        return Team(
            id=team_id,
            name=row.name,
            standing=standing_of(session, team_id),
            people=[
                Colleague(each.id, each.name, each.email, roles_of(session, each.id)[team_id])
                for each in members_of(session, team_id)
            ],
            holders=frozenset(each.id for each in holders_of(session, team_id, newest_epoch(session, team_id))),
            invited=[each.name for each in invitations_of(session, team_id, now)],
        )


def look_at_area(engine: Engine, area_id: str) -> tuple[Sequence[AreaTeam], str]:
    """Return an area's teams, and how far its kit is: "none", "made" or "proved"."""
    with reading(engine) as session:
        teams = [AreaTeam(row.id, row.name, standing_of(session, row.id)) for row in teams_of_area(session, area_id)]
        kit = newest_kit(session, "area", area_id)
    return teams, "none" if kit is None else "proved" if kit.canary_opened_at else "made"


def standings(engine: Engine, team_ids: Sequence[str]) -> dict[str, Standing]:
    """Return how each of these teams stands."""
    with reading(engine) as session:
        return {team_id: standing_of(session, team_id) for team_id in team_ids}


def team_names(engine: Engine) -> dict[str, str]:
    """Return the name of every team."""
    with reading(engine) as session:
        return names_of_teams(session)


def look_at_log(engine: Engine, staff: StaffSession, before: int | None = None, limit: int | None = None) -> LogPage:
    """Return lines of the teams that somebody leads, and of those of areas that they audit."""
    led = [team.id for team in staff.teams if team.role == "lead"]
    audited = [each.area_id for each in staff.areas if each.role == "auditor"]
    with reading(engine) as session:
        teams = led + [row.id for area_id in audited for row in teams_of_area(session, area_id)]
        lines = lines_of(session, teams, before=before, limit=limit)
        return LogPage(lines, names_of(session), names_of_teams(session))


def check_log(engine: Engine, mark: str = "") -> int:
    """Check the whole chain, and that a mark from an earlier mail is in it; returns its length. Raises AuditBroken."""
    with reading(engine) as session:
        return verify(session, Head(0, mark) if mark else None).line
