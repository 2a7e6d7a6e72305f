"""At the desk: take a referral, give it back, write a note."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.referrals.add_note import LONGEST_NOTE, EmptyNote, add_note
from portal.referrals.take import give_referral_back, take_referral
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.guard import at_work
from portal.web.staff.referral.page import Answer, act_on, named, show, version_seen


def add_desk_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/referrals/<reference>/take", "take", take, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/give-back", "give_back", give_back, methods=["POST"])
    staff.add_url_rule("/referrals/<reference>/note", "note", note, methods=["POST"])


@access("staff")
def take(reference: str) -> Answer:
    """Take a referral, or take it over."""
    return act_on(
        reference,
        lambda: take_referral(runtime().engine, at_work(), named(reference), runtime().now(), version=version_seen()),
    )


@access("staff")
def give_back(reference: str) -> Answer:
    """Give a referral back to the queue."""
    held, version = runtime(), version_seen()
    return act_on(
        reference,
        lambda: give_referral_back(held.engine, at_work(), named(reference), held.now(), version=version),
    )


@access("staff")
def note(reference: str) -> Answer | Response:
    """Seal a note beside a referral."""
    text = request.form.get("note", "").replace("\r\n", "\n").replace("\x00", "")
    once = request.form.get("once", "")[:64]
    try:
        return act_on(
            reference,
            lambda: add_note(runtime().engine, at_work(), named(reference), text, once=once, now=runtime().now()),
        )
    except EmptyNote:
        words = _("Write a note of up to %(count)s letters, spaces and signs", count=LONGEST_NOTE)
        return show(reference, errors={"note": words}, note=text[: 2 * LONGEST_NOTE]), 422
