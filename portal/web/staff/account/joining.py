"""A one-time link, setting oneself up, and a forgotten passphrase: the pages before somebody has a session."""

import base64
import binascii

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
from portal.accounts.sign_in import SignInRefused
from portal.limits.tries import SlowDown
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.fields import code_field, errors_of, text_field, typed
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
    response.set_cookie(
        held.settings.cookie_prefix + COOKIE,
        base64.urlsafe_b64encode(secret).decode("ascii"),
        secure=held.settings.tls,
        httponly=True,
        samesite="Strict",
    )
    return response


@access("public")
def set_up() -> Answer:
    """Passphrase, second factor and recovery code on one page; done, somebody is signed in."""
    held, secret = runtime(), _secret()
    offered = None if secret is None else get_set_up(held.engine, secret, held.now())
    if secret is None or offered is None:
        return render_template("staff/link_over.html"), 404
    if request.method != "POST":
        return _set_up_page(offered, {})
    if not request.form.get("printed"):
        return _set_up_page(offered, {"printed": _("Say that you have printed or written the code")}), 400
    return _finished(secret, offered)


def _finished(secret: bytes, offered: SetUp) -> Answer:
    held, words = runtime(), typed("passphrase", "code")
    try:
        session_secret = finish_set_up(
            held.engine,
            secret,
            passphrase=words["passphrase"],
            code=words["code"],
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except TooShort:
        fault = _("Type the words above, or your own passphrase of %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        return _set_up_page(offered, {"passphrase": fault}), 400
    except WrongCode:
        return _set_up_page(offered, {"code": _("This is not the code in your app. Wait for a new one")}), 400
    except LinkOver:
        return render_template("staff/link_over.html"), 404
    response = hold_cookie(redirect(url_for("staff.queue"), 303), session_secret)
    response.delete_cookie(
        held.settings.cookie_prefix + COOKIE, secure=held.settings.tls, httponly=True, samesite="Strict"
    )
    return response


@access("public")
def forgotten() -> Answer:
    """Make a new passphrase with the printed recovery code; who has neither asks the lead."""
    if request.method != "POST":
        return _forgotten_page({}, {})
    held, words = runtime(), typed("email", "recovery_code", "code", "passphrase")
    try:
        fresh = recover_own(
            held.engine,
            email=words["email"],
            recovery_code=words["recovery_code"],
            code=words["code"],
            passphrase=words["passphrase"],
            pepper=held.settings.pepper,
            now=held.now(),
        )
    except TooShort:
        fault = _("Your new passphrase needs %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        return _forgotten_page(words, {"passphrase": fault}), 400
    except SlowDown as slow:
        fault = _("Too many tries. Wait %(seconds)s seconds, then try again", seconds=slow.seconds)
        return _forgotten_page(words, {"email": fault}), 429
    except SignInRefused:
        fault = _("The email address, recovery code or 6-digit code is not right. Check all three, with a new code")
        return _forgotten_page(words, {"email": fault}), 403
    return render_template("staff/new_code.html", recovery_code=fresh.recovery_code)


def _where(team_id: str | None) -> str:
    if team_id is None:
        return ""
    try:
        return runtime().areas.team(team_id).name
    except KeyError:
        return team_id


def _set_up_page(offered: SetUp, faults: dict[str, str]) -> str:
    fields = {
        "passphrase": text_field(
            "passphrase",
            _("Type your passphrase"),
            _("Type the words above, or your own. Capital letters and dashes do not matter."),
            error=faults.get("passphrase", ""),
            kind="password",
        ),
        "code": code_field(
            _("6-digit code"), _("The app shows it once it has read the picture."), faults.get("code", "")
        ),
    }
    errors = errors_of(list(fields.values()))
    if "printed" in faults:
        errors.append({"text": faults["printed"], "href": "#printed"})
    issuer = _("DSR referrals")
    return render_template(
        "staff/set_up.html",
        offered=offered,
        fields=fields,
        errors=errors,
        printed_fault=faults.get("printed", ""),
        has_errors=bool(errors),
        qr=qr_svg(totp.uri(offered.totp_secret, offered.email, issuer), _("Picture for your authenticator app")),
        typed_secret=" ".join(offered.totp_secret[at : at + 4] for at in range(0, len(offered.totp_secret), 4)),
    )


def _forgotten_page(words: dict[str, str], faults: dict[str, str]) -> str:
    fields = [
        text_field(
            "email", _("Email address"), value=words.get("email", ""), error=faults.get("email", ""), kind="email"
        ),
        text_field("recovery_code", _("Your recovery code"), _("Eight words, on the paper that you printed.")),
        code_field(_("6-digit code"), _("From the app on your phone.")),
        text_field(
            "passphrase",
            _("Your new passphrase"),
            _("Six plain words are best. %(fewest)s letters or more.", fewest=FEWEST_LETTERS),
            error=faults.get("passphrase", ""),
            kind="password",
        ),
    ]
    errors = errors_of(fields)
    return render_template("staff/forgotten.html", fields=fields, errors=errors, has_errors=bool(errors))


def _secret() -> bytes | None:
    text = request.cookies.get(runtime().settings.cookie_prefix + COOKIE, "")
    try:
        return base64.urlsafe_b64decode(text.encode("ascii")) or None
    except (ValueError, binascii.Error):
        return None
