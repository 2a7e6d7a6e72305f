"""A lead sets the team to offline custody: the key is made away from here, proves itself, and takes over."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.keys.faults import KeyNotHeld, NoKit, SealBroken
from portal.keys.offline_custody import OffersOpen, go_offline, take_offline_half, waiting_drill
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.fields import errors_of, text_field, typed
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
    if request.method != "POST":
        return _shown(team_id)
    try:
        public = bytes.fromhex(request.form.get("public", "")[:LONGEST_PUBLIC])
        take_offline_half(runtime().engine, at_work(), team_id, public, runtime().now())
    except ValueError:
        message = _("This is not the public half of a key: copy all its signs, and only those")
        return _shown(team_id, {"public": message}), 400
    return redirect(url_for("staff.custody", team_id=team_id), 303)


@access("staff")
@for_roles("lead")
def custody_answer(team_id: str) -> Answer:
    """Take the drill's answer; from then on the key is nowhere in this service."""
    held = runtime()
    try:
        answer = bytes.fromhex(typed("answer")["answer"])
        go_offline(held.engine, at_work(), team_id, answer, held.now(), pepper=held.settings.pepper)
    except OffersOpen:
        return _shown(team_id, {"answer": _("First answer or take back what is on offer between teams")}), 409
    except KeyNotHeld:
        return _shown(team_id, {"answer": _("Ask a colleague to let you in to the team’s key first")}), 409
    except (ValueError, SealBroken, NoKit):
        return _shown(team_id, {"answer": _("This is not the answer to the drill")}), 400
    return redirect(url_for("staff.team", team_id=team_id), 303)


def _shown(team_id: str, faults: dict[str, str] | None = None) -> str:
    faults, drill = faults or {}, waiting_drill(runtime().engine, team_id)
    team = next(team for team in at_work().teams if team.id == team_id)
    public = text_field("public", _("The public half"), error=faults.get("public", ""), kind="textarea")
    answer = text_field("answer", _("The answer to the drill"), error=faults.get("answer", ""))
    fields = [public, answer]
    return render_template(
        "staff/custody.html",
        team=team,
        public=public,
        answer=answer,
        drill="" if drill is None else drill.hex(),
        errors=errors_of(fields),
        has_errors=bool(faults),
    )
