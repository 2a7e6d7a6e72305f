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
from portal.web.staff.account.own import attempt, current_field
from portal.web.staff.fields import errors_of, text_field, typed
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
    held, words = runtime(), typed("name", "current")
    faults: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        answer = answered()
        if answer is None:
            faults, status = {"current": _("This needs JavaScript and a browser that knows passkeys")}, 400
        else:
            faults, status = _add(answer, words)
        if not faults:
            return redirect(url_for("staff.account_passkeys"), 303)
    here = party()
    known = own_passkeys(held.engine, at_work())
    challenge = new_challenge(held.settings.secret_key, purpose_of(at_work()), held.now())
    member = at_work()
    ids = [each.credential_id for each in known]
    hint = _("So that you know which is which, like “work laptop”.")
    fields = [text_field("name", _("A name for it"), hint, value=words["name"]), current_field(faults)]
    errors = errors_of(fields)
    return render_template(
        "staff/account_passkeys.html",
        rows=[(each.id, each.name or _("Passkey"), _when(each.added_at), _when(each.last_used_at)) for each in known],
        options=registration_options(here, challenge, member.member_id, member.email, ids) if here else "",
        fields=fields,
        errors=errors,
        has_errors=bool(errors),
    ), status


@access("staff")
@for_roles(*EVERY_ROLE)
def remove() -> Page:
    """Take a passkey away; the authenticator app goes on working."""
    remove_own_passkey(runtime().engine, at_work(), request.form.get("passkey", "")[:64], runtime().now())
    return redirect(url_for("staff.account_passkeys"), 303)


def _add(answer: Answer, words: dict[str, str]) -> tuple[dict[str, str], int]:
    held = runtime()
    try:
        return attempt(
            lambda: add_own_passkey(
                held.engine,
                at_work(),
                answer,
                name=words["name"],
                current=words["current"],
                pepper=held.settings.pepper,
                now=held.now(),
            )
        )
    except PasskeyRefused:
        return {"current": _("That did not work. Nothing is changed. Try again on this page")}, 400


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%d.%m.%Y}" if moment else ""
