"""The team's own pages: who is in it, its key, its kit, and what is missing until it is ready."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.form.question import N_
from portal.keys.faults import (
    KeyNotHeld,
    KitFault,
    MadeElsewhere,
    NobodyThere,
    NoKit,
    NotYourself,
    RenewalUnderWay,
    SealBroken,
    TooFewLeft,
)
from portal.keys.let_in import share_team_key
from portal.keys.remove_member import remove_member
from portal.keys.renew_team_key import renew_team_key
from portal.keys.reseal import how_far, renew_all
from portal.keys.team_kit import (
    make_kit_here,
    prove_with_answer,
    prove_with_words,
    take_public_half,
    use_kits,
    waiting_canary,
)
from portal.keys.use_kit import use_kit
from portal.teams import invite as inviting
from portal.teams.invite import AlreadyHere, Invited, NotAnAddress, allow_reset, invite_colleague
from portal.teams.look import look_at_team, team_names
from portal.teams.make_lead import make_lead
from portal.web.frame.access import access
from portal.web.frame.entry import EntryForm
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.formatting import day_words
from portal.web.staff.forms import DrillForm, InviteForm, PublicHalfForm, WordsForm
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles
from portal.web.staff.team.health import checklist

LONGEST_PUBLIC = 4000
ELSEWHERE = N_("Your team makes and proves its keys away from this website.")
Answer = Response | str | tuple[str, int]


def add_team_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/teams", "teams", teams)
    staff.add_url_rule("/teams/<team_id>", "team", team)
    for name, view in (
        ("invite", invite),
        ("let-in", let_in),
        ("remove", remove),
        ("reset", reset),
        ("lead", lead),
        ("renew", renew),
        ("use-kits", put_kits),
        ("kit/make", make_kit),
        ("kit/prove", prove_kit),
        ("kit/use", key_by_kit),
        ("kit/offline", offline_kit),
        ("kit/answer", answer_drill),
    ):
        endpoint = "team_" + name.replace("-", "_").replace("/", "_")
        staff.add_url_rule(f"/teams/<team_id>/{name}", endpoint, view, methods=["POST"])


@access("staff")
def teams() -> Answer:
    """List the member's teams."""
    return render_template("staff/teams.html", teams=at_work().teams)


@access("staff")
@for_roles("member", "lead", "coordinator")
def team(team_id: str) -> Answer:
    """Show the team: its checklist, its people, its key and its kit."""
    return _shown(team_id)


@access("staff")
@for_roles("lead", "coordinator")
def invite(team_id: str) -> Answer:
    """Invite a colleague, and show the link to hand over."""
    form = InviteForm()
    role: inviting.TeamRole = "lead" if form.role.data == "lead" else "member"
    try:
        invited = invite_colleague(
            runtime().engine, at_work(), team_id, form.email.data, form.name.data, role=role, now=runtime().now()
        )
    except NotAnAddress as fault:
        words = _("Enter an email address, like name@nhs.net") if str(fault) == "email" else _("Enter a name")
        form.blame(words, str(fault))
        return _shown(team_id, invite=form), 400
    except AlreadyHere:
        form.blame(_("Somebody with this address is in the team already"), "email")
        return _shown(team_id, invite=form), 400
    return _link_page(invited, team_id)


@access("staff")
def let_in(team_id: str) -> Answer:
    """Share the team's key with somebody who joined, or made a new key."""
    return _act(team_id, lambda: share_team_key(runtime().engine, at_work(), team_id, _person(), runtime().now()))


@access("staff")
@for_roles("lead")
def remove(team_id: str) -> Answer:
    """Take somebody off the team: in one click they open nothing any more."""
    return _act(team_id, lambda: remove_member(runtime().engine, at_work(), team_id, _person(), runtime().now()))


@access("staff")
@for_roles("lead", "coordinator")
def reset(team_id: str) -> Answer:
    """Let somebody start again with a new key, and show the link to hand over."""
    try:
        invited = allow_reset(runtime().engine, at_work(), team_id, _person(), runtime().now())
    except NobodyThere:
        abort(404)
    return _link_page(invited, team_id, is_reset=True)


@access("staff")
@for_roles("lead", "coordinator")
def lead(team_id: str) -> Answer:
    """Let somebody of the team lead it too."""
    return _act(team_id, lambda: make_lead(runtime().engine, at_work(), team_id, _person(), runtime().now()))


@access("staff")
@for_roles("lead")
def renew(team_id: str) -> Answer:
    """Make the team's next key, or go on with a renewal that was broken off."""

    def go_on() -> None:
        held, staff = runtime(), at_work()
        if how_far(held.engine, team_id).is_under_way:
            renew_all(held.engine, staff, team_id, held.now())
            return
        renew_team_key(held.engine, staff, team_id, held.now())
        renew_all(held.engine, staff, team_id, held.now())

    return _act(team_id, go_on)


@access("staff")
def put_kits(team_id: str) -> Answer:
    """Put the area's new kit beside the team's key."""
    return _act(team_id, lambda: use_kits(runtime().engine, at_work(), team_id, runtime().now()))


@access("staff")
@for_roles("lead")
def make_kit(team_id: str) -> Answer:
    """Make a recovery kit, and show it once to print."""
    try:
        made = make_kit_here(runtime().engine, at_work(), "recovery", team_id, runtime().now())
    except MadeElsewhere:
        return _shown(team_id, _(ELSEWHERE)), 409
    words = " ".join(made.words)
    picture = qr_svg(words, _("The same 24 words as a picture"))
    back = url_for("staff.team", team_id=team_id)
    return render_template("staff/kit.html", made=made, picture=picture, back=back, owner=_name(team_id))


@access("staff")
@for_roles("lead")
def prove_kit(team_id: str) -> Answer:
    """Prove the kit by its words: the first time, and as the drill."""
    return _with_words(
        team_id,
        "prove",
        lambda words: prove_with_words(runtime().engine, at_work(), "recovery", team_id, words, now=runtime().now()),
    )


@access("staff")
@for_roles("lead")
def offline_kit(team_id: str) -> Answer:
    """Take the public half of a kit that was made away from the network."""
    form = PublicHalfForm()
    try:
        public = bytes.fromhex(form.public.data[:LONGEST_PUBLIC])
        take_public_half(runtime().engine, at_work(), "recovery", team_id, public, now=runtime().now())
    except ValueError:
        form.blame(_("This is not the public half of a kit: copy all its signs, and only those"))
        return _shown(team_id, public=form), 400
    return redirect(url_for("staff.team", team_id=team_id), 303)


@access("staff")
@for_roles("lead")
def answer_drill(team_id: str) -> Answer:
    """Prove a kit by the drill's answer, worked out away from the network."""
    held, form = runtime(), DrillForm()
    try:
        answer = bytes.fromhex(form.answer.data)
        prove_with_answer(held.engine, at_work(), "recovery", team_id, answer, now=held.now())
    except (ValueError, SealBroken, NoKit):
        form.blame(_("This is not the answer to the drill"))
        return _shown(team_id, answer=form), 400
    return redirect(url_for("staff.team", team_id=team_id), 303)


@access("staff")
def key_by_kit(team_id: str) -> Answer:
    """Give the member at work the team's key, by the kit."""
    return _with_words(
        team_id, "use", lambda words: use_kit(runtime().engine, at_work(), team_id, words, runtime().now())
    )


def _with_words(team_id: str, which: str, act: Callable[[str], object]) -> Answer:
    form = WordsForm()
    try:
        act(form.words.data)
    except KitFault as fault:
        form.blame(str(fault))
    except MadeElsewhere:
        return _shown(team_id, _(ELSEWHERE)), 409
    except (SealBroken, NoKit):
        form.blame(_("These are the words of another kit. Look for the newest one"))
    else:
        return redirect(url_for("staff.team", team_id=team_id), 303)
    return _shown(team_id, **{which: form}), 400


def _act(team_id: str, act: Callable[[], object]) -> Answer:
    """Do it and go back to the team's page, or show that page with what stood in the way."""
    try:
        act()
    except NobodyThere:
        abort(404)
    except TooFewLeft:
        problem = _(
            "Then too few people would hold the team’s key. First invite somebody and let them in, or ask your "
            "area’s coordinator to make the area’s recovery kit. Then try again."
        )
    except NotYourself:
        problem = _("You cannot remove yourself. Ask another lead of your team.")
    except RenewalUnderWay:
        problem = _("The last renewal is not finished. Go on with it first.")
    except KeyNotHeld:
        problem = _("You do not hold the team’s key yet. Ask a colleague to let you in, or use the recovery kit.")
    else:
        return redirect(url_for("staff.team", team_id=team_id), 303)
    return _shown(team_id, problem), 409


def _person() -> str:
    return request.form.get("person", "")[:64]


def _name(team_id: str) -> str:
    return team_names(runtime().engine).get(team_id) or abort(404)


def _drill(team_id: str) -> str:
    return waiting_canary(runtime().engine, "recovery", team_id).wrapped.hex()


def _link_page(invited: Invited, team_id: str, *, is_reset: bool = False) -> str:
    link = url_for("staff.invitation", token=invited.token, _external=True) if invited.token else ""
    back = url_for("staff.team", team_id=team_id)
    return render_template("staff/link.html", invited=invited, link=link, back=back, is_reset=is_reset)


def _shown(team_id: str, problem: str = "", **posted: EntryForm) -> str:
    """Return the team's page; `posted` is the form that was sent, by its part of the page, with what is wrong in it."""
    held = runtime()
    found = look_at_team(held.engine, team_id, held.now()) or abort(404)
    standing = found.standing
    parts = {"invite": InviteForm, "prove": WordsForm, "use": WordsForm, "public": PublicHalfForm, "answer": DrillForm}
    forms = {part: posted.get(part) or form(formdata=None) for part, form in parts.items()}
    for part in ("prove", "use"):
        forms[part].words.id = f"words-to-{part}"
    views = {part: form.shown for part, form in forms.items()}
    errors = [line for form in forms.values() for line in form.summary]
    return render_template(
        "staff/team.html",
        team_id=team_id,
        name=found.name,
        standing=standing,
        steps=checklist(standing),
        people=found.people,
        holders=found.holders,
        invited=found.invited,
        is_member=at_work().role_in(team_id) is not None,
        is_lead=at_work().role_in(team_id) == "lead",
        holds_key=at_work().member_id in found.holders,
        me=at_work().member_id,
        fields=views["invite"],
        prove=views["prove"][0],
        use=views["use"][0],
        offline=[views["public"][0], views["answer"][0]],
        drill=_drill(team_id) if standing.has.has_kit else "",
        errors=errors,
        has_errors=bool(errors or problem),
        problem=problem,
        drilled=None if standing.drilled_at is None else day_words(standing.drilled_at.date()),
        key_made=None if standing.key_made_at is None else day_words(standing.key_made_at.date()),
    )
