"""The staff's pages. Opening is an act (POST); once opened in a session, the letter can be read again and printed."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import sessions
from portal.accounts import sign_in as signing_in
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.passkeys import answered, asked_to_sign_in
from portal.web.staff.forms import TOO_MANY_TRIES, SignInForm, shown
from portal.web.staff.guard import at_work, clear_browser, hold_cookie, require_session
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
    form, passkey = SignInForm(), answered()
    if request.method != "POST":
        return _sign_in_page(form, ended="ended" in request.args)
    if passkey is not None:
        form.code.validators = []
    if not form.validate():
        return _sign_in_page(form), 400
    held = runtime()
    try:
        secret = signing_in.sign_in(
            held.engine,
            email=form.email.data,
            passphrase=form.passphrase.data,
            code=form.code.data,
            passkey=passkey,
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except signing_in.SlowDown as slow:
        words = _(TOO_MANY_TRIES, seconds=slow.seconds)
        return _refused(form, words, 429)
    except signing_in.SignInRefused:
        words = _("The email address, passphrase or code is not right. Check all three, with a new code")
        return _refused(form, words, 403)
    return hold_cookie(redirect(url_for("staff.queue"), 303), secret)


def _refused(form: SignInForm, words: str, code: int) -> tuple[str, int]:
    form.blame(words, "email")
    return _sign_in_page(form), code


def _sign_in_page(form: SignInForm, *, ended: bool = False) -> str:
    return render_template("staff/sign_in.html", **shown(form), passkey_options=asked_to_sign_in(), ended=ended)


@access("staff")
@for_roles(*EVERY_ROLE)
def sign_out() -> Answer:
    """End the session and clear the browser."""
    sessions.sign_out(runtime().engine, at_work(), runtime().now())
    return clear_browser(redirect(url_for("staff.sign_in"), 303))


staff.add_url_rule("/sign-in", "sign_in", sign_in, methods=["GET", "POST"])
staff.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
