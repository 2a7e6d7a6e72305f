"""The pages of those who come back. A code opens one visit; what the code may not do is said kindly."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.domain.follow_up import Right
from portal.domain.referral import OVER
from portal.follow_up import visit as visiting
from portal.follow_up.add_message import Kind, NothingToWriteTo, TooManyMessages, add_message
from portal.follow_up.codes import read_reference, read_words
from portal.follow_up.status import Stands, where_it_stands
from portal.follow_up.take_back_consent import take_back_consent
from portal.follow_up.tell_of_news import wish_of, wish_to_be_told
from portal.form.question import N_
from portal.teams.recipients import TeamNotReady
from portal.web.follow_up import forms, telling
from portal.web.follow_up.guard import load, set_cookie, visit
from portal.web.follow_up.status import stands_view
from portal.web.frame.access import access, audience_of
from portal.web.frame.languages import both_levels, is_easy, lang, level
from portal.web.frame.render import show_page
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.frame.texts import told
from portal.web.frame.urgent import cards_for

follow_up = Blueprint("follow_up", __name__)

Answer = str | Response | tuple[str, int]
DONE = {
    "message": N_("We sent your message to the team."),
    "contact": N_("We sent your new details to the team."),
    "told": N_("We will tell you when there is news."),
    "not-told": N_("We will not tell you when there is news. You can come back with your code any time."),
    "kept": N_("Nothing has changed. Your consent stays as it was."),
}
CONTACT_LINES = {
    "phone": N_("New phone number"),
    "email": N_("New email address"),
    "address": N_("New address for letters"),
    "note": N_("Anything else about contacting them"),
}


@follow_up.before_request
def come_in() -> Answer | None:
    """Let only those in who have entered a code, where one is needed; what they typed meanwhile is not lost."""
    load()
    view = current_app.view_functions[request.endpoint or ""]
    if g.visit is not None or audience_of(view) != "follow-up":
        return None
    typed = forms.typed(forms.MessageForm(), "message")["message"] if request.method == "POST" else ""
    if typed:
        return door_page(kept=typed[: forms.LONGEST_MESSAGE]), 403
    return redirect(url_for("follow_up.door", ended=1 if g.had_cookie else None), 303)


follow_up.after_request(set_cookie)


def page(name: str, form: forms.EntryView | None = None, **data: Any) -> str:
    """Render one of these pages."""
    back = url_for("follow_up.stands") if g.visit is not None and name != "follow-up-stands" else ""
    return show_page(
        name,
        template="follow_up/page.html",
        form=form,
        has_errors=bool(form and form.errors),
        signed_in=g.visit is not None,
        back_url=back,
        **data,
    )


# With no code yet


@access("public")
def door() -> Answer:
    """Ask for reference and code."""
    if request.method != "POST":
        if g.visit is not None:
            return redirect(url_for("follow_up.stands"), 303)
        return door_page(note=_note())
    form = forms.CodeForm()
    said = forms.typed(form, "reference", "code", "kept")
    if fault := forms.token_fault(form):
        return door_page(said, {"code": fault}), 400
    if faults := forms.code_faults(said):
        return door_page(said, faults), 422
    return _enter(said)


def _enter(said: Mapping[str, str]) -> Answer:
    held = runtime()
    reference, code = read_reference(said["reference"]) or "", read_words(said["code"]).code
    try:
        g.visit = visiting.come_back(held.engine, reference, code, held.settings.pepper, held.now())
    except visiting.CodeRefused as refused:
        words = told(
            "The reference and the words do not belong together. Check both, or see what to do without the code"
        )
        if refused.seconds:
            words = told(
                "The reference and the words do not belong together. Check each word on the paper. "
                "Wait %(seconds)s seconds before you try again",
                seconds=refused.seconds,
            )
        return door_page(said, {"code": words}), 429 if refused.seconds else 403
    g.visit_cookie = visit().secret
    if said["kept"]:
        return page("follow-up-message", forms.message_view(said["kept"]))
    return redirect(url_for("follow_up.stands"), 303)


def door_page(
    said: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None, *, kept: str = "", note: str = ""
) -> str:
    """Render the page that asks for reference and code."""
    said = said or {}
    return page("follow-up", forms.code_view(said, faults or {}, kept=kept or said.get("kept", ""), note=note))


def _note() -> str:
    if "left" in request.args:
        return _("You have left. Nothing of your form can be seen on this device now.")
    if "ended" in request.args:
        return _("You were away for more than 30 minutes, so we closed your form. Enter the code again to go on.")
    return ""


@access("public")
def lost_code() -> str:
    """Say what to do without the code."""
    return page("follow-up-lost-code")


# With a code


@access("follow-up")
def stands() -> Answer:
    """Show where the form stands."""
    found = _found()
    if found is None:
        return _leave()
    done = DONE.get(request.args.get("done", ""), "")
    return page(
        "follow-up-stands",
        stands=stands_view(found, visit().right, _(done)),
        can_tell=runtime().settings.mail.way != "none",
        **_team_of(found),
    )


@access("follow-up")
def message() -> Answer:
    """Write to the team."""
    if request.method != "POST":
        return _if_open(lambda _found: page("follow-up-message", forms.message_view()))
    form = forms.MessageForm()
    text, once = forms.typed(form, "message")["message"], forms.once_of(form)
    if fault := forms.token_fault(form):
        return page("follow-up-message", forms.message_view(text, {"message": fault}, once)), 400
    if faults := forms.message_faults(text):
        return page("follow-up-message", forms.message_view(text, faults, once)), 422
    if trouble := _send("message", {"Message": text}, once):
        return page("follow-up-message", forms.message_view(text, {"message": trouble}, once)), 409
    return redirect(url_for("follow_up.stands", done="message"), 303)


@access("follow-up")
def contact() -> Answer:
    """Change contact details, with the person's own code."""
    if visit().right is not Right.FULL:
        return _not_with_this_code()
    if request.method != "POST":
        return _if_open(lambda _found: page("follow-up-contact", forms.contact_view({}, {})))
    form = forms.ContactForm()
    said, once = forms.typed(form, *CONTACT_LINES), forms.once_of(form)
    if fault := forms.token_fault(form):
        return page("follow-up-contact", forms.contact_view(said, {"phone": fault}, once)), 400
    if faults := forms.contact_faults(said):
        return page("follow-up-contact", forms.contact_view(said, faults, once)), 422
    lines = {CONTACT_LINES[name]: text for name, text in said.items() if text}
    if trouble := _send("contact", lines, once):
        return page("follow-up-contact", forms.contact_view(said, {"phone": trouble}, once)), 409
    return redirect(url_for("follow_up.stands", done="contact"), 303)


@access("follow-up")
def tell_me() -> Answer:
    """Choose whether to be told that there is news, and where; with the person's own code."""
    held = runtime()
    if visit().right is not Right.FULL:
        return _not_with_this_code()
    if held.settings.mail.way == "none":
        return redirect(url_for("follow_up.stands"), 303)
    can_text = held.settings.mail.can_text
    if request.method != "POST":
        said = telling.said_of(wish_of(held.engine, visit(), held.settings.pepper))
        return _if_open(lambda _found: page("follow-up-tell-me", telling.tell_view(said, {}, can_text=can_text)))
    form = telling.TellMeForm()
    said = forms.typed(form, "how", "email", "phone")
    if fault := forms.token_fault(form):
        return page("follow-up-tell-me", telling.tell_view(said, {"how": fault}, can_text=can_text)), 400
    if faults := telling.tell_faults(said, can_text=can_text):
        return page("follow-up-tell-me", telling.tell_view(said, faults, can_text=can_text)), 422
    wish = telling.chosen(said)
    wish_to_be_told(held.engine, visit(), wish, pepper=held.settings.pepper, now=held.now())
    return redirect(url_for("follow_up.stands", done="not-told" if wish is None else "told"), 303)


@access("follow-up")
def take_back() -> Answer:
    """Take consent back, with the person's own code, after saying what happens then."""
    if visit().right is not Right.FULL:
        return _not_with_this_code()
    if request.method != "POST":
        return _if_open(
            lambda found: page("follow-up-take-back", forms.take_back_view(easy=is_easy()), **_team_of(found))
        )
    match request.form.get("sure"):
        case "yes":
            take_back_consent(runtime().engine, visit(), runtime().now())
            return redirect(url_for("follow_up.stands"), 303)
        case "no":
            return redirect(url_for("follow_up.stands", done="kept"), 303)
    form = forms.take_back_view(told("Choose one of the two"), easy=is_easy())
    shown = _if_open(lambda found: page("follow-up-take-back", form, **_team_of(found)))
    return (shown, 422) if isinstance(shown, str) else shown


@access("follow-up")
def leave() -> Response:
    """End the visit."""
    visiting.leave(runtime().engine, visit())
    return _leave()


def _leave() -> Response:
    g.visit_cookie = "drop"
    return redirect(url_for("follow_up.door", left=1), 303)


def _found() -> Stands | None:
    found = where_it_stands(runtime().engine, visit())
    g.area_id = None if found is None else found.area_id
    return found


def _if_open(show: Callable[[Stands], str]) -> Answer:
    """Show a page that writes to the team, unless there is nothing left to write to."""
    found = _found()
    if found is None or found.state in OVER:
        return redirect(url_for("follow_up.stands"), 303)
    return show(found)


def _team_of(found: Stands) -> dict[str, Any]:
    held = runtime()
    return {
        "home": held.areas.get(found.area_id),
        "team": held.areas.team(found.team_id),
        "crisis": cards_for(found.area_id),
    }


def _not_with_this_code() -> tuple[str, int]:
    return page("follow-up-not-with-this-code"), 403


def _send(kind: Kind, lines: Mapping[str, str], once: str) -> str:
    """Seal and send; return what stood in the way, in words."""
    held = runtime()
    try:
        add_message(held.engine, visit(), kind, lines, lang=lang(), level=level(), once=once, now=held.now())
    except NothingToWriteTo:
        return told("Consent was taken back, so nothing more is sent from here. Copy your words, and tell the team")
    except TooManyMessages:
        return told("You have sent as many messages as this page takes. Copy your words, and contact the team")
    except TeamNotReady:
        current_app.logger.error("A team has no key to seal a message to")
        return told(
            "We cannot seal this for the team just now, so we did not send it. Copy your words, and contact the team"
        )
    return ""


TOKEN_CHECKED_BY_THE_FORM = (door, message, contact, tell_me)
"""Views whose forms check their own token, so that a stale one loses nothing typed."""

ROUTES: Mapping[str, tuple[Callable[..., Any], list[str]]] = {
    "/follow-up": (door, ["GET", "POST"]),
    "/follow-up/without-the-code": (lost_code, ["GET"]),
    "/follow-up/where-it-stands": (stands, ["GET"]),
    "/follow-up/message": (message, ["GET", "POST"]),
    "/follow-up/contact": (contact, ["GET", "POST"]),
    "/follow-up/tell-me": (tell_me, ["GET", "POST"]),
    "/follow-up/take-back": (take_back, ["GET", "POST"]),
    "/follow-up/leave": (leave, ["POST"]),
}
for rule, (view, methods) in ROUTES.items():
    for address, defaults in both_levels(rule):
        follow_up.add_url_rule(address, view.__name__, view, methods=methods, defaults=defaults)
