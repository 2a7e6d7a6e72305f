"""Which roles open a page: said beside each view, held by the guard before the view runs, and by one table of tests."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import abort, render_template, request

from portal.teams.staff import Role, StaffSession
from portal.web.frame.runtime import runtime

View = TypeVar("View", bound=Callable[..., object])

TEAM_ROLES: frozenset[str] = frozenset({"member", "lead"})
"""Who opens a view that says nothing: the people who work with referrals."""

EVERY_ROLE: tuple[Role, ...] = ("member", "lead", "coordinator", "auditor")
"""Who opens what belongs to everybody who signs in: their own account, and the way out."""

ROLE_WORDS: Mapping[str, str] = {
    "member": "a member of the team",
    "lead": "the lead of the team",
    "coordinator": "the coordinator of the area",
    "auditor": "an auditor of the area",
}


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Say which roles open this view, in the team or area that its address names."""

    def mark(view: View) -> View:
        vars(view)["roles"] = frozenset(roles)
        return view

    return mark


def roles_for(view: Callable[..., object]) -> frozenset[str]:
    """Return which roles open a view."""
    roles: frozenset[str] = getattr(view, "roles", TEAM_ROLES)
    return roles


def refusal(view: Callable[..., object], staff: StaffSession) -> tuple[str, int] | None:
    """Return the page that refuses, or nothing where the view may be opened.

    A team or an area that is not theirs is not found, so that nobody learns what there is.
    """
    given = request.view_args or {}
    mine = roles_here(staff, given.get("team_id"), given.get("area_id"))
    names_one = "team_id" in given or "area_id" in given
    if names_one and not mine:
        abort(404)
    allowed = roles_for(view)
    if mine & allowed or (not staff.teams and not staff.areas and not names_one):
        return None
    words = [ROLE_WORDS[role] for role in ROLE_WORDS if role in allowed]
    return render_template("staff/not_allowed.html", who=words), 403


def roles_here(staff: StaffSession, team_id: str | None, area_id: str | None) -> set[str]:
    """Return what somebody is in this team or area; without either, everything they are anywhere."""
    if team_id is not None:
        try:
            area_id = runtime().areas.of_team(team_id).id
        except KeyError:
            area_id = None
        of_team = {staff.role_in(team_id)} - {None}
        return {str(role) for role in of_team} | {each.role for each in staff.areas if each.area_id == area_id}
    if area_id is not None:
        return {each.role for each in staff.areas if each.area_id == area_id}
    return {team.role for team in staff.teams} | {each.role for each in staff.areas}
