"""Mail that could not be sent, for leads, coordinators and auditors: to whom and why, so that nobody waits unseen."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.form.question import N_
from portal.jobs.send_mail import given_up_for, try_given_up_again
from portal.teams.staff import StaffSession
from portal.web.frame.access import access
from portal.web.frame.runtime import LONDON, runtime
from portal.web.frame.texts import say as _
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles

Answer = Response | str | tuple[str, int]
EVENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "something_waits": N_("Something waits"),
        "due_soon": N_("Something is due soon"),
        "overdue": N_("Something is overdue"),
        "area_overdue": N_("A team has not answered in time"),
        "log_head": N_("A mark of the log"),
        "keys_need_care": N_("A team’s keys need care"),
    }
)


def add_mail_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/mail", "mail", mail)
    staff.add_url_rule("/mail/again", "mail_again", again, methods=["POST"])


@access("staff")
@for_roles("lead", "coordinator", "auditor")
def mail() -> Answer:
    """Show what could not be sent to the people of one's teams and area."""
    held = runtime()
    rows = [
        [
            each.at.astimezone(LONDON).strftime("%d.%m.%Y %H:%M"),
            f"{each.name}, {each.email}",
            _(EVENT_WORDS[each.event]),
            each.fault,
        ]
        for each in given_up_for(runtime().engine, at_work())
    ]
    return render_template(
        "staff/mail.html",
        rows=rows,
        can_send=held.settings.mail.way != "none",
        can_try=_may_try(at_work()),
    )


@access("staff")
@for_roles("lead", "coordinator")
def again() -> Answer:
    """Let all of it be tried again."""
    held = runtime()
    try_given_up_again(
        held.engine, at_work(), [each.id for each in given_up_for(runtime().engine, at_work())], held.now()
    )
    return redirect(url_for("staff.mail"), 303)


def _may_try(staff: StaffSession) -> bool:
    return any(team.role == "lead" for team in staff.teams) or any(each.role == "coordinator" for each in staff.areas)
