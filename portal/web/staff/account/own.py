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
from portal.accounts.sign_in import SignInRefused, SlowDown
from portal.form.question import N_
from portal.web.frame.access import access
from portal.web.frame.entry import EntryForm
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.qr import qr_svg
from portal.web.staff.forms import TOO_MANY_TRIES, AuthenticatorForm, CurrentForm, PassphraseForm, shown
from portal.web.staff.guard import at_work
from portal.web.staff.roles import EVERY_ROLE, for_roles

Answer = Response | str | tuple[str, int]
DONE_NOW = 303
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
    held, form = runtime(), PassphraseForm()
    status = attempt(
        form,
        lambda: change_passphrase(
            held.engine,
            at_work(),
            current=form.current.data,
            fresh=form.passphrase.data,
            pepper=held.settings.pepper,
            now=held.now(),
        ),
    )
    if status == DONE_NOW:
        return _done("passphrase")
    return render_template("staff/account_passphrase.html", **shown(form), offered=offered_passphrase()), status


@access("staff")
@for_roles(*EVERY_ROLE)
def authenticator() -> Answer:
    """Take codes from a new app. The secret is offered by the page and comes back with the app's first code."""
    held, form, sent = runtime(), AuthenticatorForm(), request.form.get("secret", "")
    secret = sent if SECRET.fullmatch(sent) else totp.new_secret()
    status = attempt(
        form,
        lambda: change_authenticator(
            held.engine,
            at_work(),
            current=form.current.data,
            secret=secret,
            code=form.code.data,
            pepper=held.settings.pepper,
            now=held.now(),
        ),
    )
    if status == DONE_NOW:
        return _done("authenticator")
    account_name = totp.uri(secret, at_work().email, _("DSR referrals"))
    return render_template(
        "staff/account_authenticator.html",
        **shown(form),
        secret=secret,
        qr=qr_svg(account_name, _("Picture for your authenticator app")),
        typed_secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    ), status


@access("staff")
@for_roles(*EVERY_ROLE)
def recovery_code() -> Answer:
    """Make a new recovery code, and show it once."""
    held, form, made = runtime(), CurrentForm(), list[str]()
    status = attempt(
        form,
        lambda: made.append(
            change_recovery_code(
                held.engine, at_work(), current=form.current.data, pepper=held.settings.pepper, now=held.now()
            )
        ),
    )
    if status == DONE_NOW:
        return render_template("staff/account_code.html", recovery_code=made[0])
    return render_template("staff/account_recovery.html", **shown(form)), status


def attempt(form: EntryForm, act: Callable[[], object]) -> int:
    """Do what was sent and asks for the passphrase again; return the page's status, or DONE_NOW where it is done.

    What is wrong then stands beside its field. A page that is only looked at does nothing.
    """
    if request.method != "POST":
        return 200
    try:
        act()
    except TooShort:
        words = _("Type the words above, or your own passphrase of %(fewest)s letters or more", fewest=FEWEST_LETTERS)
        form.blame(words, "passphrase")
    except WrongCode:
        form.blame(_("This is not the code in your new app. Wait for a new one"), "code")
    except SlowDown as slow:
        words = _(TOO_MANY_TRIES, seconds=slow.seconds)
        form.blame(words, "current")
        return 429
    except SignInRefused:
        form.blame(_("This is not your passphrase"), "current")
    else:
        return DONE_NOW
    return 400


def _done(what: str) -> Response:
    return redirect(url_for("staff.account", done=what), 303)
