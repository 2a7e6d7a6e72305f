"""Passkeys: what the sign-in page asks a browser for, and the pages on which a member adds and removes their own."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.own_passkeys import add_own_passkey, own_passkeys, purpose_of, remove_own_passkey
from portal.accounts.passkeys import (
    LONGEST_ANSWER,
    Answer,
    PasskeyRefused,
    RelyingParty,
    new_challenge,
    registration_options,
    sign_in_options,
)
from portal.accounts.use_passkey import SIGN_IN
from portal.web.frame.access import access
from portal.web.frame.runtime import LONDON, runtime
from portal.web.frame.texts import say as _
from portal.web.staff.account.own import DONE_NOW, attempt
from portal.web.staff.forms import PasskeyForm, shown
from portal.web.staff.guard import at_work
from portal.web.staff.roles import EVERY_ROLE, for_roles

Page = Response | str | tuple[str, int]


def add_passkey_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/account/passkeys", "account_passkeys", passkeys, methods=["GET", "POST"])
    staff.add_url_rule("/account/passkeys/remove", "account_passkeys_remove", remove, methods=["POST"])


def party() -> RelyingParty | None:
    """Return this site as passkeys know it: by PORTAL_SITE, or this machine's own name in a demonstration."""
    settings = runtime().settings
    site = settings.mail.site
    if not site and settings.demo and urlsplit(request.host_url).hostname == "localhost":
        site = request.host_url.rstrip("/")
    host = urlsplit(site).hostname or ""
    # Browsers refuse passkeys for an address of numbers.
    return None if not host or host.replace(".", "").isdigit() or ":" in host else RelyingParty(host, site)


def asked_to_sign_in() -> str:
    """Return what the sign-in page asks a browser to sign, or nothing where passkeys cannot be used."""
    here, held = party(), runtime()
    if here is None:
        return ""
    return sign_in_options(here, new_challenge(held.settings.secret_key, SIGN_IN, held.now()))


def answered() -> Answer | None:
    """Return what a browser answered, if it did."""
    credential, here = request.form.get("passkey", "")[: LONGEST_ANSWER + 1], party()
    return None if not credential or here is None else Answer(credential, here, runtime().settings.secret_key)


@access("staff")
@for_roles(*EVERY_ROLE)
def passkeys() -> Page:
    """Show one's passkeys, and add one that the browser has made."""
    held, form, member = runtime(), PasskeyForm(), at_work()
    status = _add(form)
    if status == DONE_NOW:
        return redirect(url_for("staff.account_passkeys"), 303)
    here, known = party(), own_passkeys(held.engine, member)
    challenge = new_challenge(held.settings.secret_key, purpose_of(member), held.now())
    ids = [each.credential_id for each in known]
    return render_template(
        "staff/account_passkeys.html",
        rows=[(each.id, each.name or _("Passkey"), _when(each.added_at), _when(each.last_used_at)) for each in known],
        options=registration_options(here, challenge, member.member_id, member.email, ids) if here else "",
        **shown(form),
    ), status


@access("staff")
@for_roles(*EVERY_ROLE)
def remove() -> Page:
    """Take a passkey away; the authenticator app goes on working."""
    remove_own_passkey(runtime().engine, at_work(), request.form.get("passkey", "")[:64], runtime().now())
    return redirect(url_for("staff.account_passkeys"), 303)


def _add(form: PasskeyForm) -> int:
    held, answer = runtime(), answered()
    if request.method != "POST":
        return 200
    if answer is None:
        form.blame(_("This needs JavaScript and a browser that knows passkeys"), "current")
        return 400
    try:
        return attempt(
            form,
            lambda: add_own_passkey(
                held.engine,
                at_work(),
                answer,
                name=form.name.data,
                current=form.current.data,
                pepper=held.settings.pepper,
                now=held.now(),
            ),
        )
    except PasskeyRefused:
        form.blame(_("That did not work. Nothing is changed. Try again on this page"), "current")
        return 400


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%d.%m.%Y}" if moment else ""
