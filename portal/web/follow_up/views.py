"""The pages of those who come back. A code opens one visit; what the code may not do is said kindly."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.domain.follow_up import Right
from portal.domain.referral import OVER
from portal.follow_up import visit as visiting
from portal.follow_up.add_message import Kind, NothingToWriteTo, TooManyMessages, add_message
from portal.follow_up.codes import read_reference
from portal.follow_up.status import Status, status_of
from portal.follow_up.take_back_consent import take_back_consent
from portal.follow_up.tell_of_news import wish_of, wish_to_be_told
from portal.form.plurals import N_number
from portal.form.question import N_
from portal.teams.recipients import TeamNotReady
from portal.web.follow_up.forms import LONGEST_MESSAGE, CodeForm, ContactForm, MessageForm, TakeBackForm, TellMeForm
from portal.web.follow_up.guard import load, set_cookie, visit
from portal.web.follow_up.status import status_view
from portal.web.frame.access import access, audience_of
from portal.web.frame.entry import EntryForm
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


class NotSent(Exception):
    """What somebody wrote could not be sent; the message is in their words."""


@follow_up.before_request
def come_in() -> Answer | None:
    """Let only those in who have entered a code, where one is needed; what they typed meanwhile is not lost."""
    load()
    view = current_app.view_functions[request.endpoint or ""]
    if g.visit is not None or audience_of(view) != "follow-up":
        return None
    waits = MessageForm().message.data[:LONGEST_MESSAGE] if request.method == "POST" else ""
    if waits:
        return page("follow-up", CodeForm(formdata=None, kept=waits)), 403
    return redirect(url_for("follow_up.entry", ended=1 if g.had_cookie else None), 303)


follow_up.after_request(set_cookie)


def page(name: str, form: EntryForm | None = None, **data: Any) -> str:
    """Render one of these pages."""
    back = url_for("follow_up.status") if g.visit is not None and name != "follow-up-stands" else ""
    return show_page(
        name,
        template="follow_up/page.html",
        form=form,
        has_errors=bool(form and form.summary),
        signed_in=g.visit is not None,
        back_url=back,
        **data,
    )


WAIT = N_number(
    "The reference and the words do not belong together. Check each word on the paper. "
    "Wait %(seconds)s second before you try again",
    "The reference and the words do not belong together. Check each word on the paper. "
    "Wait %(seconds)s seconds before you try again",
    "seconds",
)


# With no code yet


@access("public")
def entry() -> Answer:
    """Ask for reference and code."""
    if request.method != "POST":
        if g.visit is not None:
            return redirect(url_for("follow_up.status"), 303)
        return page("follow-up", CodeForm(), note=_note())
    form = CodeForm()
    if code := form.fault() or _come_back(form):
        return page("follow-up", form), code
    if form.kept.data:
        return page("follow-up-message", MessageForm(formdata=None, message=form.kept.data))
    return redirect(url_for("follow_up.status"), 303)


def _come_back(form: CodeForm) -> int:
    """Start the visit, and return 0; otherwise say in the form what is wrong, and return the status."""
    held = runtime()
    reference, code = read_reference(form.reference.data) or "", held.read_words(form.code.data).code
    try:
        g.visit = visiting.come_back(held.engine, reference, code, held.settings.pepper, held.now())
    except visiting.CodeRefused as refused:
        if not refused.seconds:
            form.blame(
                told(
                    "The reference and the words do not belong together. Check both, or see what to do without the code"
                ),
                "code",
            )
            return 403
        form.blame(
            told(WAIT, seconds=refused.seconds),
            "code",
        )
        return 429
    g.visit_cookie = visit().secret
    return 0


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


def with_own_code(view: Callable[[], Answer]) -> Callable[[], Answer]:
    """Let only the person's own code in; say kindly that another does not do this."""

    @wraps(view)
    def checked() -> Answer:
        return view() if visit().right is Right.FULL else (page("follow-up-not-with-this-code"), 403)

    return checked


@access("follow-up")
def status() -> Answer:
    """Show where the form stands."""
    found = _found()
    if found is None:
        return _leave()
    done = DONE.get(request.args.get("done", ""), "")
    return page(
        "follow-up-stands",
        status=status_view(found, visit().right, _(done)),
        can_tell=runtime().settings.mail.way != "none",
        **_team_of(found),
    )


@access("follow-up")
def message() -> Answer:
    """Write to the team."""
    form = MessageForm()
    return fill_in("message", form, lambda: _send("message", {"Message": form.message.data}, form.once.data))


@access("follow-up")
@with_own_code
def contact() -> Answer:
    """Change contact details."""
    form = ContactForm()
    return fill_in("contact", form, lambda: _send("contact", form.lines(), form.once.data))


@access("follow-up")
@with_own_code
def tell_me() -> Answer:
    """Choose whether to be told that there is news, and where."""
    held = runtime()
    if held.settings.mail.way == "none":
        return redirect(url_for("follow_up.status"), 303)
    kept = wish_of(held.engine, visit(), held.settings.pepper)
    form = TellMeForm(kept, can_text=held.settings.mail.can_text)

    def act() -> str:
        wish = form.wish()
        wish_to_be_told(held.engine, visit(), wish, pepper=held.settings.pepper, now=held.now())
        return "not-told" if wish is None else "told"

    return fill_in("tell-me", form, act)


@access("follow-up")
@with_own_code
def take_back() -> Answer:
    """Take consent back, after saying what happens then."""
    form = TakeBackForm(easy=is_easy())

    def act() -> str:
        if form.sure.data == "no":
            return "kept"
        take_back_consent(runtime().engine, visit(), runtime().now())
        return ""

    return fill_in("take-back", form, act)


def fill_in(place: str, form: EntryForm, act: Callable[[], str]) -> Answer:
    """Show a form; once it is sent and right, act, and go where it stands, which says what was done.

    `act` returns the key of what to say. A form that writes to the team is not shown where nothing is left to write to.
    """
    found, code = _found(), 200
    if request.method == "POST":
        code = form.fault()
        try:
            if not code:
                return redirect(url_for("follow_up.status", done=act() or None), 303)
        except NotSent as fault:
            form.blame(str(fault))
            code = 409
    if code != 409 and (found is None or found.state in OVER):
        return redirect(url_for("follow_up.status"), 303)
    return page(f"follow-up-{place}", form, **(_team_of(found) if found else {})), code


@access("follow-up")
def leave() -> Response:
    """End the visit."""
    visiting.leave(runtime().engine, visit())
    return _leave()


def _leave() -> Response:
    g.visit_cookie = "drop"
    return redirect(url_for("follow_up.entry", left=1), 303)


def _found() -> Status | None:
    found = status_of(runtime().engine, visit())
    g.area_id = None if found is None else found.area_id
    return found


def _team_of(found: Status) -> dict[str, Any]:
    held = runtime()
    return {
        "home": held.areas.get(found.area_id),
        "team": held.areas.team(found.team_id),
        "crisis": cards_for(found.area_id),
    }


def _send(kind: Kind, lines: Mapping[str, str], once: str) -> str:
    """Seal and send. Raises NotSent, with the words that say why."""
    held = runtime()
    try:
        add_message(held.engine, visit(), kind, lines, lang=lang(), level=level(), once=once, now=held.now())
    except NothingToWriteTo:
        raise NotSent(
            told("Consent was taken back, so nothing more is sent from here. Copy your words, and tell the team")
        ) from None
    except TooManyMessages:
        raise NotSent(
            told("You have sent as many messages as this page takes. Copy your words, and contact the team")
        ) from None
    except TeamNotReady:
        current_app.logger.error("A team has no key to seal a message to")  # its message adds nothing
        raise NotSent(
            told(
                "We cannot seal this for the team just now, so we did not send it. "
                "Copy your words, and contact the team"
            )
        ) from None
    return kind


TOKEN_CHECKED_BY_THE_FORM = (entry, message, contact, tell_me, take_back)
"""Views whose forms check their own token, so that a stale one loses nothing typed."""

ROUTES: Mapping[str, tuple[Callable[..., Any], list[str]]] = {
    "/follow-up": (entry, ["GET", "POST"]),
    "/follow-up/without-the-code": (lost_code, ["GET"]),
    "/follow-up/where-it-stands": (status, ["GET"]),
    "/follow-up/message": (message, ["GET", "POST"]),
    "/follow-up/contact": (contact, ["GET", "POST"]),
    "/follow-up/tell-me": (tell_me, ["GET", "POST"]),
    "/follow-up/take-back": (take_back, ["GET", "POST"]),
    "/follow-up/leave": (leave, ["POST"]),
}
for rule, (view, methods) in ROUTES.items():
    for address, defaults in both_levels(rule):
        follow_up.add_url_rule(address, view.__name__, view, methods=methods, defaults=defaults)
