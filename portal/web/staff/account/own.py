"""One's own account: passphrase, authenticator, recovery code, and being signed in elsewhere."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import totp
from portal.accounts.own_account import (
    change_authenticator,
    change_passphrase,
    change_recovery_code,
    end_other_sessions,
    offered_passphrase,
    sessions_elsewhere,
)
from portal.accounts.set_up import FEWEST_LETTERS, TooShort, WrongCode
from portal.accounts.sign_in import SignInRefused
from portal.form.question import N_
from portal.limits.tries import SlowDown
from portal.web.frame.access import access
from portal.web.frame.fields import FieldView
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.fields import code_field, errors_of, text_field, typed
from portal.web.staff.guard import at_work
from portal.web.staff.roles import EVERY_ROLE, for_roles

Answer = Response | str | tuple[str, int]
SECRET = re.compile(r"[A-Z2-7]{32}")
DONE: Mapping[str, str] = MappingProxyType(
    {
        "passphrase": N_("Your passphrase is changed. You are signed out everywhere else."),
        "authenticator": N_("Codes now come from your new app. You are signed out everywhere else."),
        "elsewhere": N_("You are signed out everywhere else."),
    }
)


def add_account_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/account", "account", account)
    for name, view in (("passphrase", passphrase), ("authenticator", authenticator), ("recovery-code", recovery_code)):
        endpoint = "account_" + name.replace("-", "_")
        staff.add_url_rule(f"/account/{name}", endpoint, view, methods=["GET", "POST"])
    staff.add_url_rule("/account/elsewhere", "account_elsewhere", elsewhere, methods=["POST"])


@access("staff")
@for_roles(*EVERY_ROLE)
def account() -> Answer:
    """Show what one can change."""
    done = DONE.get(request.args.get("done", ""))
    others = sessions_elsewhere(runtime().engine, at_work(), runtime().now())
    return render_template("staff/account.html", others=others, done=_(done) if done else "")


@access("staff")
@for_roles(*EVERY_ROLE)
def elsewhere() -> Answer:
    """Sign out everywhere else."""
    end_other_sessions(runtime().engine, at_work(), runtime().now())
    return _done("elsewhere")


@access("staff")
@for_roles(*EVERY_ROLE)
def passphrase() -> Answer:
    """Change the passphrase; words that chance chose are offered."""
    held, words = runtime(), typed("current", "passphrase")
    faults: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        faults, status = attempt(
            lambda: change_passphrase(
                held.engine,
                at_work(),
                current=words["current"],
                fresh=words["passphrase"],
                pepper=held.settings.pepper,
                now=held.now(),
            )
        )
        if not faults:
            return _done("passphrase")
    hint = _("Type the words above, or your own. Capital letters and dashes do not matter.")
    error = faults.get("passphrase", "")
    fresh = text_field("passphrase", _("New passphrase"), hint, error=error, kind="password")
    fields = [current_field(faults), fresh]
    return page("staff/account_passphrase.html", fields, offered=offered_passphrase()), status


@access("staff")
@for_roles(*EVERY_ROLE)
def authenticator() -> Answer:
    """Take codes from a new app. The secret is offered by the page and comes back with the app's first code."""
    held, words = runtime(), typed("current", "code", "secret")
    faults: dict[str, str] = {}
    status = 200
    secret = words["secret"] if SECRET.fullmatch(words["secret"]) else totp.new_secret()
    if request.method == "POST":
        faults, status = attempt(
            lambda: change_authenticator(
                held.engine,
                at_work(),
                current=words["current"],
                secret=secret,
                code=words["code"],
                pepper=held.settings.pepper,
                now=held.now(),
            )
        )
        if not faults:
            return _done("authenticator")
    fields = [
        code_field(_("6-digit code"), _("The app shows it once it has read the picture."), faults.get("code", "")),
        current_field(faults),
    ]
    account_name = totp.uri(secret, at_work().email, _("DSR referrals"))
    return page(
        "staff/account_authenticator.html",
        fields,
        secret=secret,
        qr=qr_svg(account_name, _("Picture for your authenticator app")),
        typed_secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    ), status


@access("staff")
@for_roles(*EVERY_ROLE)
def recovery_code() -> Answer:
    """Make a new recovery code, and show it once."""
    held, words = runtime(), typed("current")
    faults: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        made: list[str] = []
        faults, status = attempt(
            lambda: made.append(
                change_recovery_code(
                    held.engine, at_work(), current=words["current"], pepper=held.settings.pepper, now=held.now()
                )
            )
        )
        if made:
            return render_template("staff/account_code.html", recovery_code=made[0])
    return page("staff/account_recovery.html", [current_field(faults)]), status


def attempt(act: Callable[[], object]) -> tuple[dict[str, str], int]:
    """Do something that asks for the passphrase again; return what is wrong, by field, and the page's status."""
    try:
        act()
    except TooShort:
        fault = _("Type the words above, or your own passphrase of %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        return {"passphrase": fault}, 400
    except WrongCode:
        return {"code": _("This is not the code in your new app. Wait for a new one")}, 400
    except SlowDown as slow:
        return {"current": _("Too many tries. Wait %(seconds)s seconds, then try again", seconds=slow.seconds)}, 429
    except SignInRefused:
        return {"current": _("This is not your passphrase")}, 400
    return {}, 200


def current_field(faults: Mapping[str, str]) -> FieldView:
    """Return the field for the passphrase that is asked again."""
    hint = _("We ask again, in case somebody else sits at your desk.")
    return text_field("current", _("Your passphrase now"), hint, error=faults.get("current", ""), kind="password")


def page(template: str, fields: list[FieldView], **more: object) -> str:
    """Return a page with a form."""
    errors = errors_of(fields)
    return render_template(template, fields=fields, errors=errors, has_errors=bool(errors), **more)


def _done(what: str) -> Response:
    return redirect(url_for("staff.account", done=what), 303)
