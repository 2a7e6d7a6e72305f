"""The staff's menu, by what somebody may open, and the warnings above every page."""

from typing import Any

from flask import Blueprint, g, request, url_for

from portal.teams.look import standings
from portal.teams.staff import StaffSession
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.team.health import warnings_of


def add_menu(staff: Blueprint) -> None:
    """Give every staff page the menu and the warnings."""

    @staff.context_processor
    def menu() -> dict[str, Any]:
        at_work: StaffSession | None = g.get("staff")
        if at_work is None:
            return {}
        return {"nav": nav_of(at_work), "warnings": [] if request.method == "POST" else _warnings(at_work)}


def nav_of(staff: StaffSession) -> list[dict[str, Any]]:
    """Return the menu's lines."""
    lines = []
    if staff.teams:
        lines.append((_("Referrals"), url_for("staff.queue")))
        lines.append((_("Between teams"), url_for("staff.offers")))
        first = staff.teams[0].id
        lines.append(
            (_("Team"), url_for("staff.team", team_id=first) if len(staff.teams) == 1 else url_for("staff.teams"))
        )
    if staff.areas:
        lines.append((_("Area"), url_for("staff.area", area_id=staff.areas[0].area_id)))
    if any(team.role == "lead" for team in staff.teams) or staff.areas:
        lines.append((_("Numbers"), url_for("staff.numbers")))
        lines.append((_("Mail"), url_for("staff.mail")))
    if any(team.role == "lead" for team in staff.teams) or any(each.role == "auditor" for each in staff.areas):
        lines.append((_("Log"), url_for("staff.log")))
    return [{"text": text, "url": url, "current": request.path == url} for text, url in lines]


def _warnings(staff: StaffSession) -> list[dict[str, Any]]:
    held, found = runtime(), []
    standing_of = standings(held.engine, staff.team_ids)
    for team in staff.teams:
        standing, url = standing_of[team.id], url_for("staff.team", team_id=team.id)
        for text in warnings_of(standing, held.now()):
            found.append({"team": team.name, "text": text, "url": url, "is_live": standing.is_ready})
    return found
