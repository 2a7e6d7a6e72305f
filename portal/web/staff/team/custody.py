"""A lead sets the team to offline custody: the key is made away from here, proves itself, and takes over."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.keys.faults import KeyNotHeld, NoKit, SealBroken
from portal.keys.offline_custody import OffersOpen, go_offline, take_offline_half, waiting_drill
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.forms import DrillForm, PublicHalfForm
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles

LONGEST_PUBLIC = 4000
Answer = Response | str | tuple[str, int]


def add_custody_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/teams/<team_id>/custody", "custody", custody, methods=["GET", "POST"])
    staff.add_url_rule("/teams/<team_id>/custody/answer", "custody_answer", custody_answer, methods=["POST"])


@access("staff")
@for_roles("lead")
def custody(team_id: str) -> Answer:
    """Say what offline custody is, and take the public half of the key."""
    form = PublicHalfForm()
    if request.method != "POST":
        return _shown(team_id, form, DrillForm())
    try:
        public = bytes.fromhex(form.public.data[:LONGEST_PUBLIC])
        take_offline_half(runtime().engine, at_work(), team_id, public, runtime().now())
    except ValueError:
        form.blame(_("This is not the public half of a key: copy all its signs, and only those"))
        return _shown(team_id, form, DrillForm(formdata=None)), 400
    return redirect(url_for("staff.custody", team_id=team_id), 303)


@access("staff")
@for_roles("lead")
def custody_answer(team_id: str) -> Answer:
    """Take the drill's answer; from then on the key is nowhere in this service."""
    held, form, status = runtime(), DrillForm(), 409
    try:
        answer = bytes.fromhex(form.answer.data)
        go_offline(held.engine, at_work(), team_id, answer, held.now(), pepper=held.settings.pepper)
    except OffersOpen:
        form.blame(_("First answer or take back what is on offer between teams"))
    except KeyNotHeld:
        form.blame(_("Ask a colleague to let you in to the team’s key first"))
    except (ValueError, SealBroken, NoKit):
        form.blame(_("This is not the answer to the drill"))
        status = 400
    else:
        return redirect(url_for("staff.team", team_id=team_id), 303)
    return _shown(team_id, PublicHalfForm(formdata=None), form), status


def _shown(team_id: str, half: PublicHalfForm, drill: DrillForm) -> str:
    waiting = waiting_drill(runtime().engine, team_id)
    errors = [*half.summary, *drill.summary]
    return render_template(
        "staff/custody.html",
        team=next(team for team in at_work().teams if team.id == team_id),
        public=half.shown[0],
        answer=drill.shown[0],
        drill="" if waiting is None else waiting.hex(),
        errors=errors,
        has_errors=bool(errors),
    )
