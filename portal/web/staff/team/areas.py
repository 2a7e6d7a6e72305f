"""An area's page: its teams, how ready they are, how many referrals rest with each. No keys, no names of people."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.areas.area import Area
from portal.domain.referral import OPEN
from portal.keys.faults import KitFault, NobodyThere, NoKit, SealBroken
from portal.keys.team_kit import make_kit_here, prove_with_words
from portal.keys.use_kit import hand_over as hand_over_team
from portal.referrals.offer_transfer import TeamCannotTake
from portal.referrals.queue import count_by_team
from portal.teams.create_team import set_up_team
from portal.teams.look import look_at_area
from portal.web.frame.access import access
from portal.web.frame.entry import EntryForm
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.forms import HandOverForm, NewTeamForm, WordsForm, among
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles
from portal.web.staff.team.health import checklist, warnings_of

Answer = Response | str | tuple[str, int]


def add_area_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/areas/<area_id>", "area", area)
    for name, view in (("team", new_team), ("kit/make", make_kit), ("kit/prove", prove_kit), ("hand-over", hand_over)):
        endpoint = "area_" + name.replace("-", "_").replace("/", "_")
        staff.add_url_rule(f"/areas/<area_id>/{name}", endpoint, view, methods=["POST"])


@access("staff")
@for_roles("coordinator", "auditor")
def area(area_id: str) -> Answer:
    """Show the area's teams."""
    return _shown(area_id)


@access("staff")
@for_roles("coordinator")
def new_team(area_id: str) -> Answer:
    """Set up a team that the area's file names."""
    held, form = runtime(), NewTeamForm()
    among(form.team, _not_set_up(area_id))
    if not form.validate():
        return _shown(area_id, team=form), 400
    team_id = form.team.data
    set_up_team(held.engine, at_work(), team_id, area_id, name=held.areas.team(team_id).name, now=held.now())
    return redirect(url_for("staff.team", team_id=team_id), 303)


@access("staff")
@for_roles("coordinator")
def make_kit(area_id: str) -> Answer:
    """Make the area's recovery kit, and show it once to print."""
    made = make_kit_here(runtime().engine, at_work(), "area", area_id, runtime().now())
    picture = qr_svg(" ".join(made.words), _("The same 24 words as a picture"))
    back = url_for("staff.area", area_id=area_id)
    return render_template("staff/kit.html", made=made, picture=picture, back=back, owner=_name(area_id))


@access("staff")
@for_roles("coordinator")
def prove_kit(area_id: str) -> Answer:
    """Prove the area's kit; its teams then put it beside their keys."""
    held, form = runtime(), WordsForm()
    try:
        prove_with_words(held.engine, at_work(), "area", area_id, form.words.data, now=held.now())
    except KitFault as fault:
        form.blame(str(fault))
    except (SealBroken, NoKit):
        form.blame(_("These are the words of another kit. Look for the newest one"))
    else:
        return redirect(url_for("staff.area", area_id=area_id), 303)
    return _shown(area_id, prove=form), 400


@access("staff")
@for_roles("coordinator")
def hand_over(area_id: str) -> Answer:
    """Move what rests with a team that has stopped to another of the area, by the area's kit."""
    held, form = runtime(), HandOverForm()
    own, giving, taking = {team.id for team in _area(area_id).teams}, form.from_team.data, form.to_team.data
    try:
        if giving not in own or taking not in own:
            raise TeamCannotTake("choose two teams of this area")
        hand_over_team(held.engine, at_work(), giving, taking, form.words.data, now=held.now())
    except KitFault as fault:
        form.blame(str(fault), "words")
    except SealBroken:
        form.blame(_("This kit does not open what rests with that team"), "words")
    except (TeamCannotTake, NobodyThere):
        form.blame(_("Select two different teams. The second must be ready"), "to_team")
    else:
        return redirect(url_for("staff.area", area_id=area_id), 303)
    return _shown(area_id, hand_over=form), 400


def _name(area_id: str) -> str:
    return _area(area_id).name


def _area(area_id: str) -> Area:
    return runtime().areas.get(area_id) or abort(404)


def _not_set_up(area_id: str) -> dict[str, str]:
    there = {team.id for team in look_at_area(runtime().engine, area_id)[0]}
    return {team.id: team.name for team in _area(area_id).teams if team.id not in there}


def _shown(area_id: str, **posted: EntryForm) -> str:
    """Return the area's page; `posted` is the form that was sent, by its part of the page, with what is wrong in it."""
    held = runtime()
    there, kit_state = look_at_area(held.engine, area_id)
    counts = count_by_team(held.engine, [each.id for each in there])
    teams = []
    for each in there:
        missing = [step.words for step in checklist(each.standing) if not step.is_done]
        teams.append(
            {
                "id": each.id,
                "name": each.name,
                "is_ready": each.standing.is_ready,
                "missing": missing if not each.standing.is_ready else warnings_of(each.standing, held.now()),
                "open": sum(counts.get((each.id, state), 0) for state in OPEN),
                "all": sum(count for (team_id, _state), count in counts.items() if team_id == each.id),
            }
        )
    names = {each.id: each.name for each in there}
    parts = {"team": NewTeamForm, "prove": WordsForm, "hand_over": HandOverForm}
    forms = {part: posted.get(part) or form(formdata=None) for part, form in parts.items()}
    forms["prove"].words.id = "words-to-prove"
    among(forms["team"].team, _not_set_up(area_id))
    for each in (forms["hand_over"].from_team, forms["hand_over"].to_team):
        among(each, names)
    errors = [line for form in forms.values() for line in form.summary]
    return render_template(
        "staff/area.html",
        area_id=area_id,
        name=_name(area_id),
        teams=teams,
        kit_state=kit_state,
        prove=forms["prove"].shown[0],
        fields=forms["hand_over"].shown,
        not_set_up=forms["team"].shown[0],
        is_coordinator=at_work().is_for_area(area_id, "coordinator"),
        errors=errors,
        has_errors=bool(errors),
    )
