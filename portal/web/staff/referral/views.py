"""The pages of one referral. Opening is an act (POST); once opened in a session, it can be read again and printed."""

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.referral import State
from portal.form.plurals import N_number
from portal.referrals.acts import CLOSE, COLLECT, ERASE, GIVE_BACK, OPEN_SEAL, TAKE
from portal.referrals.add_note import LONGEST_NOTE, EmptyNote, add_note
from portal.referrals.open import open_referral
from portal.referrals.work import (
    NotOnTheList,
    acknowledge_taken_back,
    close,
    give_referral_back,
    mark_collected,
    take_referral,
    tell_person,
)
from portal.web.follow_up.news import team_says
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.guard import at_work
from portal.web.staff.referral.page import Answer, act_on, act_view, look, named, show

BUTTONS = (
    (OPEN_SEAL, "open", open_referral),
    (TAKE, "take", take_referral),
    (GIVE_BACK, "give-back", give_referral_back),
    (COLLECT, "collected", mark_collected),
    (CLOSE, "closed", close),
    (ERASE, "erase", acknowledge_taken_back),
)
"""Acts that need nothing but their button, with where it leads."""


def add_referral_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/referrals/<reference>", "referral", referral)
    staff.add_url_rule("/referrals/<reference>/erase", "erase", ask_to_erase)
    for act, path, do in BUTTONS:
        staff.add_url_rule(f"/referrals/<reference>/{path}", f"do_{act.name}", act_view(act, do), methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/note", "note", note, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/tell", "tell", tell, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/erase", "erase", ask_to_erase)
    staff.add_url_rule(
        "/referrals/<reference>/erase", "erase_now", act_view(ERASE, acknowledge_taken_back), methods=["POST"]
    )


SHORTER_NOTE = N_number(
    "Write a note of up to %(count)s letter, spaces and signs",
    "Write a note of up to %(count)s letters, spaces and signs",
    "count",
)


@access("staff")
def referral(reference: str) -> Answer:
    """Show one referral: sealed, or as a letter where this session has opened it."""
    return show(reference)


@access("staff")
def note(reference: str) -> Answer:
    """Seal a note beside a referral."""
    text = request.form.get("note", "").replace("\r\n", "\n").replace("\x00", "")
    once = request.form.get("once", "")[:64]
    return act_on(
        reference,
        lambda: add_note(runtime().engine, at_work(), named(reference), text, once=once, now=runtime().now()),
        {EmptyNote: ("note", _(SHORTER_NOTE, count=LONGEST_NOTE))},
        note=text[: 2 * LONGEST_NOTE],
    )


@access("staff")
def tell(reference: str) -> Answer:
    """Show the person one of the fixed messages."""
    key, says = request.form.get("news", ""), team_says()
    return act_on(
        reference,
        lambda: tell_person(runtime().engine, at_work(), named(reference), key, allowed=says, now=runtime().now()),
        {NotOnTheList: ("news", _("Choose what to show the person"))},
    )


@access("staff")
def ask_to_erase(reference: str) -> Answer:
    """Ask once more before consent that was taken back is acknowledged, and the sealed copy erased."""
    found = look(reference)
    if found.sealed.state != State.WITHDRAWN:
        return redirect(url_for("staff.referral", reference=reference), 303)
    return render_template("staff/erase.html", sealed=found.sealed)
