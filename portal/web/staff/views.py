"""The staff's pages. Opening is an act (POST); once opened in a session, the letter can be read again and printed."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import sign_in as signing_in
from portal.accounts import sign_out as signing_out
from portal.domain.referral import State
from portal.limits.tries import SlowDown
from portal.referrals.acknowledge_taken_back import acknowledge_taken_back
from portal.referrals.change_state import close, mark_collected
from portal.referrals.open import open_referral
from portal.referrals.tell_person import NotOnTheList, tell_person
from portal.web.follow_up.news import team_says
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.passkeys import answered, asked_to_sign_in
from portal.web.staff.forms import SignInForm, SignInView, missing, sign_in_view
from portal.web.staff.guard import at_work, drop_cookie, hold_cookie, require_session
from portal.web.staff.referral.page import act_on, look, named, show, version_seen
from portal.web.staff.roles import EVERY_ROLE, for_roles

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.before_request(require_session)

Answer = Response | str | tuple[str, int]


@staff.context_processor
def frame() -> dict[str, Any]:
    """The frame of the staff's pages: no urgent help for the public, no languages, a menu of their own."""
    signed_in = g.get("staff")
    nav = [{"text": _("Referrals"), "url": url_for("staff.queue"), "current": request.endpoint == "staff.queue"}]
    return {
        "lang": "en",
        "dir": "ltr",
        "level": "standard",
        "easy": False,
        "service_name": _("Dynamic Support Register referrals"),
        "home_url": url_for("staff.queue"),
        "nav": nav if signed_in else [],
        "footer_links": [{"text": _("Self-referral service"), "url": url_for("pages.start", lang="en")}],
        "languages": [],
        "switch_url": "",
        "urgent": None,
        "kept": None,
        "staff": True,
        "member": signed_in,
    }


@access("public")
def sign_in() -> Answer:
    """Ask for e-mail address, passphrase and code on one page; never say which of them was wrong."""
    if g.staff is not None:
        return redirect(url_for("staff.queue"), 303)
    if request.method != "POST":
        return _sign_in_page(sign_in_view(), ended="ended" in request.args)
    typed, passkey = SignInForm().typed(), answered()
    if faults := missing(typed, has_passkey=passkey is not None):
        return _sign_in_again(typed["email"], faults, 400)
    held = runtime()
    try:
        secret = signing_in.sign_in(
            held.engine,
            email=typed["email"],
            passphrase=typed["passphrase"],
            code=typed["code"],
            passkey=passkey,
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except SlowDown as slow:
        words = _("Too many tries. Wait %(seconds)s seconds, then try again", seconds=slow.seconds)
        return _sign_in_again(typed["email"], {"email": words}, 429)
    except signing_in.SignInRefused:
        words = _("The email address, passphrase or code is not right. Check all three, with a new code")
        return _sign_in_again(typed["email"], {"email": words}, 403)
    return hold_cookie(redirect(url_for("staff.queue"), 303), secret)


def _sign_in_again(email: str, faults: dict[str, str], code: int) -> tuple[str, int]:
    view = sign_in_view(email, faults)
    return _sign_in_page(view, has_errors=True), code


def _sign_in_page(view: SignInView, *, ended: bool = False, has_errors: bool = False) -> str:
    return render_template(
        "staff/sign_in.html", view=view, passkey_options=asked_to_sign_in(), has_errors=has_errors, ended=ended
    )


@access("staff")
@for_roles(*EVERY_ROLE)
def sign_out() -> Answer:
    """End the session and clear the browser."""
    signing_out.sign_out(runtime().engine, at_work(), runtime().now())
    return drop_cookie(redirect(url_for("staff.sign_in"), 303))


@access("staff")
def referral(reference: str) -> Answer:
    """Show one referral: sealed, or as a letter where this session has opened it."""
    return show(reference)


@access("staff")
def open_seal(reference: str) -> Answer:
    """Open the seal: an act in the log."""
    return act_on(reference, lambda: open_referral(runtime().engine, at_work(), named(reference), runtime().now()))


@access("staff")
def collected(reference: str) -> Answer:
    """Note that the team has this referral in its own records."""
    return act_on(
        reference,
        lambda: mark_collected(runtime().engine, at_work(), named(reference), runtime().now(), version=version_seen()),
    )


@access("staff")
def closed(reference: str) -> Answer:
    """Note that the team has done with this referral."""
    return act_on(
        reference, lambda: close(runtime().engine, at_work(), named(reference), runtime().now(), version=version_seen())
    )


@access("staff")
def tell(reference: str) -> Answer:
    """Show the person one of the fixed messages."""
    key = request.form.get("news", "")
    try:
        return act_on(
            reference,
            lambda: tell_person(
                runtime().engine, at_work(), named(reference), key, allowed=team_says(), now=runtime().now()
            ),
        )
    except NotOnTheList:
        return show(reference, errors={"news": _("Choose what to show the person")}), 422


@access("staff")
def erase(reference: str) -> Answer:
    """Ask once more, then acknowledge that consent was taken back and erase the sealed copy."""
    if request.method != "POST":
        found = look(reference)
        if found.sealed.state != State.WITHDRAWN:
            return redirect(url_for("staff.referral", reference=reference), 303)
        return render_template("staff/erase.html", sealed=found.sealed)
    return act_on(
        reference,
        lambda: acknowledge_taken_back(
            runtime().engine, at_work(), named(reference), runtime().now(), version=version_seen()
        ),
    )


staff.add_url_rule("/sign-in", "sign_in", sign_in, methods=["GET", "POST"])
staff.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
staff.add_url_rule("/referrals/<reference>", "referral", referral)
staff.add_url_rule("/referrals/<reference>/open", "open_seal", open_seal, methods=["POST"])
staff.add_url_rule("/referrals/<reference>/collected", "collected", collected, methods=["POST"])
staff.add_url_rule("/referrals/<reference>/closed", "closed", closed, methods=["POST"])
staff.add_url_rule("/referrals/<reference>/tell", "tell", tell, methods=["POST"])
staff.add_url_rule("/referrals/<reference>/erase", "erase", erase, methods=["GET", "POST"])
