"""A one-time link, setting oneself up, and a forgotten passphrase: the pages before somebody has a session."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import totp
from portal.accounts.recover_own import recover_own
from portal.accounts.set_up import (
    FEWEST_LETTERS,
    LinkOver,
    SetUp,
    TooShort,
    WrongCode,
    finish_set_up,
    get_set_up,
    look_at_link,
    start_set_up,
)
from portal.accounts.sign_in import SignInRefused, SlowDown
from portal.web.frame.access import access
from portal.web.frame.cookies import cookie_secret, drop_cookie, set_cookie
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.forms import TOO_MANY_TRIES, ForgottenForm, SetUpForm, shown
from portal.web.staff.guard import hold_cookie

COOKIE = "set-up"
Answer = Response | str | tuple[str, int]


def add_joining_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/invitation/<token>", "invitation", invitation, methods=["GET", "POST"])
    staff.add_url_rule("/set-up", "set_up", set_up, methods=["GET", "POST"])
    staff.add_url_rule("/forgotten", "forgotten", forgotten, methods=["GET", "POST"])


@access("public")
def invitation(token: str) -> Answer:
    """Say what the link is for; the button starts. Looking uses nothing up, since mail scanners look as well."""
    held = runtime()
    try:
        link = look_at_link(held.engine, token, held.now())
        if request.method != "POST":
            return render_template("staff/invitation.html", link=link, token=token, where=_where(link.team_id))
        secret = start_set_up(held.engine, token, held.now())
    except LinkOver:
        return render_template("staff/link_over.html"), 404
    response = redirect(url_for("staff.set_up"), 303)
    set_cookie(response, COOKIE, secret, "Strict")
    return response


@access("public")
def set_up() -> Answer:
    """Passphrase, second factor and recovery code on one page; done, somebody is signed in."""
    held, secret = runtime(), cookie_secret(COOKIE)
    offered = None if secret is None else get_set_up(held.engine, secret, held.now())
    if secret is None or offered is None:
        return render_template("staff/link_over.html"), 404
    form = SetUpForm()
    if request.method != "POST":
        return _set_up_page(offered, form)
    if not request.form.get("printed"):
        return _set_up_page(offered, form, _("Say that you have printed or written the code")), 400
    return _finished(secret, offered, form)


def _finished(secret: bytes, offered: SetUp, form: SetUpForm) -> Answer:
    held = runtime()
    try:
        session_secret = finish_set_up(
            held.engine,
            secret,
            passphrase=form.passphrase.data,
            code=form.code.data,
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except TooShort:
        fault = _("Type the words above, or your own passphrase of %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        form.blame(fault, "passphrase")
        return _set_up_page(offered, form), 400
    except WrongCode:
        form.blame(_("This is not the code in your app. Wait for a new one"), "code")
        return _set_up_page(offered, form), 400
    except LinkOver:
        return render_template("staff/link_over.html"), 404
    response = hold_cookie(redirect(url_for("staff.queue"), 303), session_secret)
    drop_cookie(response, COOKIE, "Strict")
    return response


@access("public")
def forgotten() -> Answer:
    """Make a new passphrase with the printed recovery code; who has neither asks the lead."""
    held, form = runtime(), ForgottenForm()
    if request.method != "POST":
        return render_template("staff/forgotten.html", **shown(form))
    try:
        fresh = recover_own(
            held.engine,
            email=form.email.data,
            recovery_code=form.recovery_code.data,
            code=form.code.data,
            passphrase=form.passphrase.data,
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except TooShort:
        fault = _("Your new passphrase needs %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        return _not_forgotten(form, fault, 400, "passphrase")
    except SlowDown as slow:
        fault = _(TOO_MANY_TRIES, seconds=slow.seconds)
        return _not_forgotten(form, fault, 429, "email")
    except SignInRefused:
        fault = _("The email address, recovery code or 6-digit code is not right. Check all three, with a new code")
        return _not_forgotten(form, fault, 403, "email")
    return render_template("staff/new_code.html", recovery_code=fresh.recovery_code)


def _where(team_id: str | None) -> str:
    if team_id is None:
        return ""
    try:
        return runtime().areas.team(team_id).name
    except KeyError:
        return team_id


def _set_up_page(offered: SetUp, form: SetUpForm, printed_fault: str = "") -> str:
    issuer, page = _("DSR referrals"), shown(form)
    if printed_fault:
        page["errors"] = [*page["errors"], {"text": printed_fault, "href": "#printed"}]
    return render_template(
        "staff/set_up.html",
        offered=offered,
        **{**page, "has_errors": bool(page["errors"])},
        printed_fault=printed_fault,
        qr=qr_svg(totp.uri(offered.totp_secret, offered.email, issuer), _("Picture for your authenticator app")),
        typed_secret=" ".join(offered.totp_secret[at : at + 4] for at in range(0, len(offered.totp_secret), 4)),
    )


def _not_forgotten(form: ForgottenForm, words: str, status: int, name: str) -> Answer:
    form.blame(words, name)
    return render_template("staff/forgotten.html", **shown(form)), status
